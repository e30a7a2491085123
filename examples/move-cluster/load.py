"""Writes 2,000 rows through the alias, as an application does: load.py [FIRST], where FIRST is the first key (0)."""

import os
import random
import sys

from pymilvus import MilvusClient

first = int(sys.argv[1]) if len(sys.argv) > 1 else 0
client = MilvusClient(
    uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
    token=os.environ.get("MILVUS_TOKEN", ""),
)
rows = []
for key in range(first, first + 2000):
    source = random.Random(key)
    vector = [source.uniform(-1, 1) for _ in range(8)]
    rows.append({"id": key, "vector": vector, "text": f"page {key} of a book", "page_num": key % 40})
client.insert("docs", rows)
print(f"inserted {len(rows):,} rows")
