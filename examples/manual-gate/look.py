"""Prints what a collection or an alias has, and what it finds: look.py NAME..."""

import os
import sys

from pymilvus import MilvusClient

client = MilvusClient(
    uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
    token=os.environ.get("MILVUS_TOKEN", ""),
)
question = [0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5]
for name in sys.argv[1:]:
    (count,) = client.query(name, output_fields=["count(*)"], consistency_level="Strong")
    (row,) = client.query(name, "id == 7", output_fields=["*"], consistency_level="Strong")
    (hits,) = client.search(name, data=[question], anns_field="vector", limit=3)
    print(f"{name}: {count['count(*)']:,} rows")
    print(" ", {key: value for key, value in row.items() if key != "vector"})
    print("  nearest:", ", ".join(f"{hit['id']} ({hit['distance']:.3f})" for hit in hits))
