"""Copies the shards of a migration as tasks of Ray: python ray_workers.py docs 64"""

import os
import subprocess
import sys

import ray

COMMAND = os.environ.get("PULUMI_MILVUS_COMMAND", "npx pulumi-milvus").split()


@ray.remote(num_cpus=1, max_retries=8, retry_exceptions=True)
def copy(shard, collection, shards):
    """One task: any exit code but 0 fails it, and Ray runs it again, here or on another node."""
    worker = ["work", "--collection", collection, "--shard", str(shard), "--of", str(shards)]
    subprocess.run(COMMAND + worker, check=True)


def main(collection, shards):
    ray.init()
    ray.get([copy.remote(shard, collection, shards) for shard in range(shards)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
