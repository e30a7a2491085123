"""Searches with the model that the collection has: python search.py "the valve leaks at the nozzle and the wiring" """

import os
import sys

from pymilvus import MilvusClient, MilvusException

from embedding import embed


# #region search
def dimension(client: MilvusClient) -> int:
    """The dimension of the vectors behind the alias: it says which model to ask."""
    [dim] = [
        field["params"]["dim"] for field in client.describe_collection("docs")["fields"] if field["name"] == "vector"
    ]
    return int(dim)


class Search:
    def __init__(self, client: MilvusClient) -> None:
        self.client = client
        self.dim = dimension(client)

    def ask(self, question: str) -> list[dict]:
        try:
            return self.with_model(question)
        except MilvusException:
            # The alias may have moved to vectors of another model since.
            before, self.dim = self.dim, dimension(self.client)
            if self.dim == before:
                raise
            return self.with_model(question)

    def with_model(self, question: str) -> list[dict]:
        vector = embed(question, self.dim)
        [hits] = self.client.search("docs", data=[vector], anns_field="vector", limit=3, output_fields=["text"])
        return hits
# #endregion search


def main() -> None:
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    search = Search(client)
    for hit in search.ask(sys.argv[1]):
        print(hit["id"], hit["entity"]["text"], sep=" | ")
    print(f"vectors of {search.dim} dimensions")


if __name__ == "__main__":
    main()
