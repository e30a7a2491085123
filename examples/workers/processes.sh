#!/usr/bin/env bash
# Copies the shards of a migration in processes of this machine: ./processes.sh docs 8 4
# (the collection, how many shards, how many of them at once)
set -euo pipefail
export collection=$1 shards=$2

copy() {
    while true; do
        code=0
        ${PULUMI_MILVUS_COMMAND:-npx pulumi-milvus} work --collection "$collection" --shard "$1" --of "$shards" || code=$?
        # The same command resumes.
        if [ "$code" -ne 75 ]; then return "$code"; fi
        sleep 5
    done
}
export -f copy

seq 0 $((shards - 1)) | xargs -P "$3" -I {} bash -c 'copy {}'
