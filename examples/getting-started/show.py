"""Prints how many rows a collection or an alias has, and one of them: show.py NAME."""

import os
import sys

from pymilvus import MilvusClient

name = sys.argv[1]
client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
(count,) = client.query(name, output_fields=["count(*)"], consistency_level="Strong")
(row,) = client.query(name, "id == 7", output_fields=["*"], consistency_level="Strong")
print(f"{count['count(*)']:,} rows")
print({key: value for key, value in row.items() if key != "vector"})
