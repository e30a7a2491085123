"""Searches the articles: python search.py dense|words|hybrid "the question" """

import os
import sys

from pymilvus import AnnSearchRequest, MilvusClient, RRFRanker

from embedding import embed


# #region dense
def by_meaning(client: MilvusClient, question: str) -> list[dict]:
    return client.search("docs", data=[embed(question)], anns_field="dense", limit=3, output_fields=["text"])[0]
# #endregion dense


# #region words
def by_words(client: MilvusClient, question: str) -> list[dict]:
    # The text itself: Milvus analyzes it as it did the rows.
    return client.search("docs", data=[question], anns_field="sparse", limit=3, output_fields=["text"])[0]
# #endregion words


# #region hybrid
def by_both(client: MilvusClient, question: str) -> list[dict]:
    requests = [
        AnnSearchRequest(data=[embed(question)], anns_field="dense", param={}, limit=20),
        AnnSearchRequest(data=[question], anns_field="sparse", param={}, limit=20),
    ]
    return client.hybrid_search("docs", requests, ranker=RRFRanker(), limit=3, output_fields=["text"])[0]
# #endregion hybrid


def main() -> None:
    kind, question = sys.argv[1:3]
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    search = {"dense": by_meaning, "words": by_words, "hybrid": by_both}[kind]
    for hit in search(client, question):
        print(hit["id"], hit["entity"]["text"], sep=" | ")


main()
