"""What a script with pymilvus has made: pymilvusScript.py ADDRESS COLLECTION ROWS DIM [explicit] [database=NAME].

The collection has a primary key that the server makes, a vector, texts and JSON, and keys that no field declares. It has no
index, as where a script passes empty index parameters.
"""

import random
import sys

from pymilvus import DataType, MilvusClient

address, name, rows, dim, *options = sys.argv[1:]
databases = [option.split("=")[1] for option in options if option.startswith("database=")]
client = MilvusClient(uri="http://" + address, db_name=databases[0] if databases else "default")
schema = client.create_schema(auto_id="explicit" not in options, enable_dynamic_field=True)
schema.add_field("file_id", DataType.VARCHAR, max_length=500)
schema.add_field("vector", DataType.FLOAT_VECTOR, dim=int(dim))
schema.add_field("text", DataType.VARCHAR, max_length=65535)
schema.add_field("metadata", DataType.JSON)
schema.add_field("page_num", DataType.VARCHAR, max_length=500)
schema.add_field("name", DataType.VARCHAR, max_length=500)
schema.add_field("id", DataType.INT64, is_primary=True, auto_id="explicit" not in options)
client.create_collection(name, schema=schema, index_params=client.prepare_index_params())

source = random.Random(7)


def row(key):
    made = {
        "file_id": f"file-{key % 20}",
        "vector": [source.uniform(-1, 1) for _ in range(int(dim))],
        "text": f"text {key} ü {'x' * (key % 50)}",
        "metadata": {"page": key % 37, "tags": [f"t{key % 3}", None], "deep": {"exact": 2**60 + key}},
        "page_num": str(key % 37),
        "name": f"name {key}",
        "extra": key,
    }
    return {**made, "id": key} if "explicit" in options else made


for begin in range(0, int(rows), 1000):
    client.insert(name, [row(key) for key in range(begin, min(begin + 1000, int(rows)))])
client.flush(name)
client.close()
