"""Inserts 1,000 rows through the alias, as an application does."""

import os

from pymilvus import MilvusClient

client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
rows = [{"id": key, "vector": [key / 1000] * 8, "text": f"text {key}"} for key in range(1000)]
client.insert("docs", rows)
print(f"inserted {len(rows):,} rows")
