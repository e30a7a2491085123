"""Searches the notes of one tenant: python search.py customer-7 "question about renewal and refund" """

import os
import re
import sys

from pymilvus import MilvusClient

from embedding import embed


# #region search
def search(client: MilvusClient, tenant: str, question: str) -> list[dict]:
    # The name becomes a part of the filter: nothing in it may end the text there.
    if not re.fullmatch(r"[\w-]+", tenant):
        raise ValueError(f"{tenant!r} is no name of a tenant")
    [hits] = client.search(
        "docs",
        data=[embed(question)],
        anns_field="vector",
        # The one place that keeps tenants apart.
        filter=f'tenant == "{tenant}"',
        limit=3,
        output_fields=["tenant", "text"],
    )
    return hits
# #endregion search


def main() -> None:
    tenant, question = sys.argv[1:3]
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    try:
        hits = search(client, tenant, question)
    except ValueError as error:
        sys.exit(str(error))
    for hit in hits:
        print(hit["id"], hit["entity"]["tenant"], hit["entity"]["text"], sep=" | ")


main()
