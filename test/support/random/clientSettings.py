"""clientSettings.py make ADDRESS PREFIX SEED COUNT SERVER | describe ADDRESS PREFIX: collections as clients make them.

`make` gives each random settings that no program mentions, of those that the server has, and twenty rows. Both print, as
JSON by name, all that pymilvus tells of each collection, but for its ids, its times and the properties of the provider.
"""

import json
import random
import sys

from pymilvus import DataType, MilvusClient

verb, address, prefix = sys.argv[1:4]
client = MilvusClient(uri="http://" + address)
IDS = ("collection_id", "created_timestamp", "created_time", "update_timestamp", "aliases", "collection_name", "schema_version", "db_name", "num_partitions")


def make(name, choice, is_lite):
    schema = client.create_schema(
        enable_dynamic_field=choice.random() < 0.5, description=choice.choice(["", "made by a client"])
    )
    schema.add_field("id", DataType.INT64, is_primary=True, description=choice.choice(["", "the key"]))
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=4)
    schema.add_field("text", DataType.VARCHAR, max_length=64, description=choice.choice(["", "of a client"]))
    has_key = choice.random() < 0.3
    schema.add_field("tenant", DataType.INT64, is_partition_key=has_key)
    options = {"consistency_level": choice.choice(["Strong", "Session", "Bounded", "Eventually"])}
    if not is_lite:
        options["num_shards"] = choice.randint(1, 3)
    properties = {}
    if choice.random() < 0.6:
        properties["collection.ttl.seconds"] = str(choice.choice([86400, 864000]))
    if choice.random() < 0.4:
        properties["collection.autocompaction.enabled"] = choice.choice(["true", "false"])
    if has_key:
        options["num_partitions"] = choice.choice([2, 4])
    client.create_collection(name, schema=schema, properties=properties or None, **options)
    if not has_key:
        for partition in choice.sample(["y2023", "y2024", "y2025"], choice.randint(0, 2)):
            client.create_partition(name, partition)
    kind = choice.choice(["FLAT", "HNSW", "IVF_FLAT", "AUTOINDEX"])
    params = {"HNSW": {"M": choice.choice([8, 16]), "efConstruction": 64}, "IVF_FLAT": {"nlist": choice.choice([8, 16])}}
    index = client.prepare_index_params()
    index.add_index(
        "vector",
        index_type=kind,
        metric_type="COSINE",
        index_name=choice.choice(["vector", "by_client"]),
        params=params.get(kind, {}),
    )
    if choice.random() < 0.4:
        index.add_index("text", index_type="INVERTED" if is_lite else "Trie", index_name="by_text")
    client.create_index(name, index)
    rows = [{"id": key, "vector": [key, 1, 2, 3], "text": f"row {key}", "tenant": key % 5} for key in range(20)]
    client.insert(name, rows)
    client.flush(name)
    client.load_collection(name)


def plain(value):
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def flat(index):
    """Servers describe parameters as clients spelled them: one by one, or as one JSON text. Both mean the same."""
    params = index.pop("params", {})
    return {**index, **{key: str(value) for key, value in params.items()}}


def described(name):
    told = client.describe_collection(name)
    shown = {key: value for key, value in told.items() if key not in IDS}
    shown["properties"] = {
        key: str(value) for key, value in (told.get("properties") or {}).items() if not key.startswith("pulumi.")
    }
    shown["fields"] = [
        {key: value for key, value in field.items() if key != "field_id"} for field in told["fields"]
    ]
    shown["partitions"] = sorted(client.list_partitions(name))
    shown["load"] = str(client.get_load_state(name)["state"])
    hidden = ("total_rows", "indexed_rows", "pending_index_rows", "state", "index_id")
    shown["indexes"] = [
        flat({key: value for key, value in client.describe_index(name, index).items() if key not in hidden})
        for index in sorted(client.list_indexes(name))
    ]
    return shown


if verb == "make":
    seed, count, server = int(sys.argv[4]), int(sys.argv[5]), sys.argv[6]
    for number in range(count):
        make(f"{prefix}{number}", random.Random(seed * 1000 + number), server.startswith("milvus-lite"))
names = sorted(name for name in client.list_collections() if name.startswith(prefix))
print(json.dumps({name: described(name) for name in names}, default=plain))
