"""Inserts 1,000 rows as an application does, through the alias."""

import os
import random

from pymilvus import MilvusClient

client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
source = random.Random(7)
client.insert(
    "docs",
    [
        {
            "id": key,
            "vector": [source.uniform(-1, 1) for _ in range(8)],
            "text": f"page {key} of a book",
            "page_num": key % 40,
        }
        for key in range(1000)
    ],
)
print("inserted 1,000 rows")
