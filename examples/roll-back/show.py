"""Prints how many rows the alias `docs` returns, and those of these keys: show.py KEY..."""

import os
import sys

from pymilvus import MilvusClient

client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
(count,) = client.query("docs", output_fields=["count(*)"], consistency_level="Strong")
print(f"{count['count(*)']:,} rows")
for key in sys.argv[1:]:
    for row in client.query("docs", f"id == {key}", output_fields=["*"], consistency_level="Strong"):
        print({key: value for key, value in row.items() if key != "vector"})
