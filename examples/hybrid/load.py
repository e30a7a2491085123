"""Loads made-up articles: python load.py [rows]"""

import os
import random
import sys

from pymilvus import MilvusClient

from embedding import embed

SUBJECTS = ["the runner", "a printer", "the job", "each query", "the cache", "a replica", "the queue"]
VERBS = ["stopped", "was running", "waits", "restarts", "has failed", "is growing"]
CAUSES = "disk memory network quota timeout lock certificate clock cursor socket thread token route cable".split()


def article(number: int) -> dict:
    subject, verb = SUBJECTS[number % len(SUBJECTS)], VERBS[number % len(VERBS)]
    causes = random.Random(number).sample(CAUSES, 1 + number % 5)
    text = f"{subject} {verb} with error E{1000 + number}, look at the {', '.join(causes)}"
    return {"id": number, "text": text, "dense": embed(text)}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    for first in range(0, rows, 500):
        client.upsert("docs", [article(number) for number in range(first, min(first + 500, rows))])
    client.flush("docs")
    print(f"wrote {rows:,} rows to docs")


main()
