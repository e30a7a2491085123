"""Copies the shards of a migration as tasks of Apache Spark.

spark-submit --conf spark.task.maxFailures=8 spark_workers.py docs 64
"""

import os
import subprocess
import sys

from pyspark.sql import SparkSession

COMMAND = os.environ.get("PULUMI_MILVUS_COMMAND", "npx pulumi-milvus").split()


def copy(shard, collection, shards):
    """One task: any exit code but 0 fails it, and Spark runs it again, here or on another executor."""
    worker = ["work", "--collection", collection, "--shard", str(shard), "--of", str(shards)]
    subprocess.run(COMMAND + worker, check=True)


def main(collection, shards):
    context = SparkSession.builder.appName(f"pulumi-milvus {collection}").getOrCreate().sparkContext
    # One partition a shard: each task has a shard of its own.
    context.parallelize(range(shards), shards).foreach(lambda shard: copy(shard, collection, shards))
    context.stop()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
