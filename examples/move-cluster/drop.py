"""Drops what a cluster has kept: an alias, and its collection with the rows. drop.py ALIAS"""

import os
import sys

from pymilvus import MilvusClient

alias = sys.argv[1]
client = MilvusClient(
    uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
    token=os.environ.get("MILVUS_TOKEN", ""),
)
collection = client.describe_alias(alias)["collection_name"]
client.drop_alias(alias)
client.drop_collection(collection)
print(f"dropped the alias {alias} and {collection} with its rows")
