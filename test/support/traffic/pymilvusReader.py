"""pymilvusReader.py ADDRESS TOKEN NAME: searches through a name until its standard input ends, one search after the other.

It begins once the server lets it search, for Milvus up to 2.5 tells its proxies of a grant in the background. It tries one
insert as well. Prints `ready` before the first search that counts, and at the end one line of JSON: what the insert came to,
how many searches found rows, and why others failed.
"""

import json
import logging
import sys
import threading
import time

from pymilvus import MilvusClient

address, token, name = sys.argv[1:4]
logging.disable(logging.CRITICAL)
DIM, MOST_SECONDS = 8, 240
client = MilvusClient(uri="http://" + address, token=token)
stopped = threading.Event()


def search():
    return client.search(name, data=[[0.0] * DIM], limit=3, output_fields=["id"])


def why(action):
    """Undefined for what succeeds."""
    try:
        action()
    except Exception as error:  # pylint: disable=broad-except
        return f"{type(error).__name__}: {error}"[:300]
    return None


deadline = time.monotonic() + MOST_SECONDS
while (refusal := why(search)) is not None:
    if time.monotonic() > deadline:
        sys.exit("cannot search: " + refusal)
    time.sleep(0.1)
row = {"id": 7_000_000, "version": 1, "label": "nobody may write this", "vector": [0.0] * DIM}
result = {"insert": why(lambda: client.insert(name, [row])), "done": 0, "failed": []}
print("ready", flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
while not stopped.is_set():
    try:
        found = search()[0]
        if len(found) == 3:
            result["done"] += 1
        else:
            result["failed"].append(f"found {len(found)} rows instead of 3")
    except Exception as error:  # pylint: disable=broad-except
        result["failed"].append(f"{type(error).__name__}: {error}"[:300])
        time.sleep(0.02)
print(json.dumps(result), flush=True)
