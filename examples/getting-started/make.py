"""Makes the collection `notes` with 1,000 rows, as many a script does."""

import os
import random

from pymilvus import DataType, MilvusClient

client = MilvusClient("http://" + os.environ.get("MILVUS_ADDRESS", "localhost:19530"))
schema = client.create_schema()
schema.add_field("id", DataType.INT64, is_primary=True)
schema.add_field("vector", DataType.FLOAT_VECTOR, dim=8)
schema.add_field("text", DataType.VARCHAR, max_length=1024)
schema.add_field("page_num", DataType.INT32)
indexes = client.prepare_index_params()
indexes.add_index("vector", index_type="AUTOINDEX", metric_type="COSINE")
client.create_collection("notes", schema=schema, index_params=indexes)

source = random.Random(7)
client.insert(
    "notes",
    [
        {
            "id": key,
            "vector": [source.uniform(-1, 1) for _ in range(8)],
            "text": f"note {key}",
            "page_num": key % 40,
        }
        for key in range(1000)
    ],
)
print("made notes with 1,000 rows")
