"""Loads notes of made-up tenants: python load.py [tenants] [rows of each]"""

import os
import random
import sys

from pymilvus import MilvusClient

from embedding import embed


TOPICS = "invoice contract delivery refund address discount renewal audit training password export price".split()


def note(number: int) -> str:
    topics = random.Random(number).sample(TOPICS, 2 + number % 4)
    return f"the customer asks about {' and '.join(topics)}"


def main() -> None:
    tenants = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    for tenant in range(tenants):
        texts = [note(tenant * rows + number) for number in range(rows)]
        client.upsert(
            "docs",
            [
                {"id": tenant * rows + number, "tenant": f"customer-{tenant}", "text": text, "vector": embed(text)}
                for number, text in enumerate(texts)
            ],
        )
    client.flush("docs")
    print(f"wrote {tenants * rows:,} rows of {tenants} tenants to docs")


main()
