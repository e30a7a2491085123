"""Searches the chunks: python search.py "the boiler leaks, is it the pipe or the gasket" [filter] [field ...]"""

import os
import sys

from pymilvus import MilvusClient

from embedding import embed


def main() -> None:
    question = sys.argv[1]
    condition = sys.argv[2] if len(sys.argv) > 2 else ""
    fields = sys.argv[3:] or ["text"]
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    # #region search
    [hits] = client.search(
        "docs",
        data=[embed(question)],
        anns_field="vector",
        filter=condition,
        limit=3,
        output_fields=fields,
    )
    for hit in hits:
        print(hit["id"], *(hit["entity"].get(field) for field in fields), sep=" | ")
    # #endregion search


main()
