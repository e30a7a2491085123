"""Loads made-up texts with vectors of the model that the collection has: python load.py [rows]"""

import os
import random
import sys

from pymilvus import MilvusClient

from embedding import embed
from search import dimension

PARTS = ["pump", "valve", "boiler", "filter", "meter", "sensor", "tank"]
STATES = ["leaks", "is blocked", "makes noise", "needs a new seal", "stops"]
DETAILS = "gasket gauge relay vent hose bolt fuse switch flange nozzle wiring bearing housing lever pipe".split()


def text_of(row: int) -> str:
    details = random.Random(row).sample(DETAILS, 2 + row % 5)
    return f"the {PARTS[row % len(PARTS)]} {STATES[row % len(STATES)]}: check {', '.join(details)}"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    dim = dimension(client)
    texts = [text_of(row) for row in range(rows)]
    for first in range(0, rows, 500):
        batch = range(first, min(first + 500, rows))
        client.upsert("docs", [{"id": row, "text": texts[row], "vector": embed(texts[row], dim)} for row in batch])
    client.flush("docs")
    print(f"wrote {rows:,} rows to docs, with vectors of {dim} dimensions")


main()
