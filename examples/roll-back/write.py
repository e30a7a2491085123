"""Inserts rows as an application does: write.py FIRST LAST FIELD, where FIELD is the name that the page has now."""

import os
import sys

from pymilvus import MilvusClient

first, last, field = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
more = {"lang": "de"} if field == "page" else {}
rows = [
    {"id": key, "vector": [key / 1000] * 8, "text": f"text {key}", field: key % 40, **more}
    for key in range(first, last + 1)
]
client.insert("docs", rows)
print(f"inserted {len(rows):,} rows")
