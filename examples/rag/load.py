"""Loads chunks of made-up documents: python load.py [documents]"""

import os
import random
import sys

from pymilvus import MilvusClient

from embedding import embed

SUBJECTS = ["the pump", "a valve", "the boiler", "each filter", "the meter", "a sensor", "the tank"]
VERBS = ["stops", "leaks", "heats", "fills", "drains", "reports", "needs service"]
REASONS = ["at night", "under load", "in winter", "after a restart", "without power"]
DETAILS = "gasket gauge relay vent hose seal bolt fuse switch flange nozzle wiring bearing housing lever pipe".split()
CHUNKS = 20


def chunk(document: int, place: int) -> dict:
    number = document * CHUNKS + place
    subject, verb = SUBJECTS[number % len(SUBJECTS)], VERBS[document % len(VERBS)]
    details = random.Random(number).sample(DETAILS, 2 + number % 5)
    text = f"{subject} {verb} {REASONS[number % len(REASONS)]}: check {', '.join(details)}"
    return {
        "id": f"manual-{document}#{place}",
        "text": text,
        "metadata": {"source": f"s3://manuals/{document}.pdf", "chars": len(text)},
        "vector": embed(text),
    }


# #region writer
def shaped(row: dict, page: int, lang: str | None, fields: set[str]) -> dict:
    """The row as the collection has it: before the change of the schema, or after it."""
    if "page" in fields:
        source = row["metadata"]["source"]
        return {**row, "page": page, "lang": lang or "en", "source": source, "reviewed": False}
    # No field is called lang here: Milvus stores it as a dynamic key.
    return {**row, "page_num": page, **({"lang": lang} if lang else {})}
# #endregion writer


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    fields = {field["name"] for field in client.describe_collection("docs")["fields"]}
    for document in range(documents):
        lang = "de" if document % 2 == 0 else None
        rows = [shaped(chunk(document, place), place // 4 + 1, lang, fields) for place in range(CHUNKS)]
        client.upsert("docs", rows)
    client.flush("docs")
    print(f"wrote {documents * CHUNKS:,} rows to docs")


main()
