"""Writes rows into collections of any shape, or tells what is on the server: rowsOfShapes.py ADDRESS PREFIX fill|look.

`look` prints, as JSON by collection, all that the server says of it without the properties of the provider, and a hash of its
rows where it is loaded.
"""

import hashlib
import json
import random
import sys

from pymilvus import DataType, MilvusClient

address, prefix, task = sys.argv[1:]
client = MilvusClient(uri="http://" + address)
names = sorted(name for name in client.list_collections() if name.startswith(prefix))
count = 40


def value(field, number, chance):
    kind, params = field["type"], field.get("params", {})
    if field.get("nullable") and number % 3 == 0:
        return None
    match kind:
        case DataType.BOOL:
            return number % 2 == 0
        case DataType.INT8 | DataType.INT16 | DataType.INT32 | DataType.INT64:
            return number
        case DataType.FLOAT | DataType.DOUBLE:
            return chance.random()
        case DataType.VARCHAR:
            return f"{number} Ünïcode"[: int(params["max_length"]) // 4]
        case DataType.JSON:
            return {"number": number, "tags": ["a", {"deep": chance.random()}]}
        case DataType.ARRAY:
            return [number, number + 1] if field["element_type"] != DataType.VARCHAR else [str(number)]
        case DataType.SPARSE_FLOAT_VECTOR:
            return {number: 0.5, number + 7: 0.25}
        case _:
            return [chance.random() for _ in range(int(params["dim"]))]


def fill(name):
    described = client.describe_collection(name)
    filled = {output for function in described.get("functions", []) for output in function["output_field_names"]}
    chance = random.Random(name[len(prefix) :])
    rows = []
    for number in range(count):
        row = {
            field["name"]: value(field, number, chance)
            for field in described["fields"]
            if not field.get("auto_id") and field["name"] not in filled
        }
        if described["enable_dynamic_field"]:
            row["lang"] = "de" if number % 2 else "en"
        rows.append(row)
    client.insert(name, rows)
    client.flush(name)


def hash_of(name, described):
    key = next(field["name"] for field in described["fields"] if field.get("is_primary"))
    condition = f'{key} >= ""' if described_type(described, key) == DataType.VARCHAR else f"{key} > -1"
    rows = client.query(name, filter=condition, output_fields=["*"], consistency_level="Strong", limit=16384)
    assert len(rows) == count, (name, len(rows))
    lines = sorted(json.dumps(row, sort_keys=True, default=repr) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def described_type(described, name):
    return next(field["type"] for field in described["fields"] if field["name"] == name)


# A change of a property has its own time, and a build of an index goes on behind a flush: neither changes a collection.
moving = {"update_timestamp", "update_timestamp_str", "state", "indexed_rows", "pending_index_rows", "total_rows"}


def still(told):
    return {one: part for one, part in told.items() if one not in moving}



def look(name):
    described = client.describe_collection(name)
    # Milvus answers in any order.
    described["aliases"] = sorted(described.get("aliases") or [])
    state = str(client.get_load_state(name)["state"])
    indexes = sorted(client.list_indexes(name))
    properties = described.pop("properties", {}) or {}
    # milvus-lite answers with a list of pairs.
    pairs = properties.items() if isinstance(properties, dict) else [(one["key"], one["value"]) for one in properties]
    return {
        "described": still(described),
        "properties": {one: part for one, part in pairs if not one.startswith("pulumi.")},
        "indexes": {index: still(client.describe_index(name, index)) for index in indexes},
        "partitions": sorted(client.list_partitions(name)),
        "load": state,
        "rows": hash_of(name, described) if state.endswith("Loaded") and "Not" not in state else None,
    }


if task == "fill":
    for one in names:
        fill(one)
else:
    print(json.dumps({one[len(prefix) :]: look(one) for one in names}, sort_keys=True, default=repr))
