"""pymilvusWriter.py ADDRESS ALIAS THREADS: writes through an alias until its standard input ends, and never tries a write again.

What pymilvus retries by itself is all that stands between a fence and a failed write. Prints `ready` after the first writes,
and at the end one line of JSON: how many writes succeeded, why others failed, how long the slowest took, and the last
version of each key that is there. The values of a row are those of rows.ts.
"""

import json
import logging
import sys
import threading
import time

from pymilvus import MilvusClient

address, alias, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
logging.disable(logging.CRITICAL)
DIM, BATCH = 8, 20
stopped = threading.Event()
started = threading.Barrier(threads + 1)
lock = threading.Lock()
result = {"done": 0, "failed": [], "slowest": 0.0, "versions": {}}


def row(key, version):
    vector = [float((key * 31 + version * 7 + place) % 16_777_213) for place in range(DIM)]
    return {"id": key, "version": version, "label": f"row {key} in version {version}", "vector": vector}


def write(action, versions):
    """One request. `versions` has what is there after it; None for a deleted row."""
    began = time.monotonic()
    try:
        action()
    except Exception as error:  # pylint: disable=broad-except
        with lock:
            result["failed"].append(f"{type(error).__name__}: {error}"[:300])
        return
    with lock:
        result["done"] += 1
        result["slowest"] = max(result["slowest"], time.monotonic() - began)
        for key, version in versions.items():
            if version is None:
                result["versions"].pop(str(key), None)
            else:
                result["versions"][str(key)] = version


def work(thread):
    client = MilvusClient(uri="http://" + address)
    key, version = (thread + 1) * 1_000_000_000, 0
    turns = 0
    while not stopped.is_set():
        version += 1
        mine = range(key, key + BATCH)
        rows = [row(one, version) for one in mine]
        write(lambda: client.insert(alias, rows), {one: version for one in mine})
        version += 1
        changed = [row(one, version) for one in mine[5:]]
        write(lambda: client.upsert(alias, changed), {one: version for one in mine[5:]})
        gone = list(mine[:10])
        write(lambda: client.delete(alias, ids=gone), {one: None for one in gone})
        key += BATCH
        turns += 1
        if turns == 1:
            started.wait()
    client.close()


workers = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
for worker in workers:
    worker.start()
started.wait()
print("ready", flush=True)
sys.stdin.read()
stopped.set()
for worker in workers:
    worker.join()
print(json.dumps(result), flush=True)
