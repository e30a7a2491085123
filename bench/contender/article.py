"""The algorithm of "A Milvus ALTER command in Django", reimplemented from its description with pymilvus.

It creates `<name>_temp` with an index, loads it, copies in batches with an iterator, omits removed fields, and lets the
server generate new keys. The old collection stays, because other contenders are measured on it too.

Changes that it needed to run: a default for the new field in each row, because Milvus 2.3 has no defaults in a schema;
index parameters for the vector, because a collection without an index cannot be loaded; the dynamic field among the
output fields, or its keys are lost; a strong read, or the last rows may be missing; keys above 0, because its filter is
`id > 0`.
"""

import json
import resource
import sys
import time

from pymilvus import DataType, MilvusClient


def main(job):
    client = MilvusClient(uri="http://" + job["address"])
    temp = job["target"]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu, begin = usage.ru_utime + usage.ru_stime, time.perf_counter()

    schema = client.create_schema(auto_id=True, enable_dynamic_field=True)
    schema.add_field("id", DataType.INT64, is_primary=True, auto_id=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=job["dim"])
    schema.add_field("title", DataType.VARCHAR, max_length=256)
    schema.add_field("price", DataType.DOUBLE)
    schema.add_field("page_num", DataType.INT32)
    schema.add_field("metadata", DataType.JSON)
    schema.add_field("lang", DataType.VARCHAR, max_length=8)
    index = client.prepare_index_params()
    index.add_index(field_name="vector", index_type="FLAT", metric_type="L2")
    client.create_collection(temp, schema=schema, index_params=index)

    pages = client.query_iterator(
        collection_name=job["source"],
        filter="id > 0",
        batch_size=job["batch"],
        output_fields=["vector", "title", "price", "page_num", "metadata", "$meta"],
        consistency_level="Strong",
    )
    client.load_collection(temp)
    rows = 0
    while page := pages.next():
        for row in page:
            row.pop("id", None)
            row["lang"] = "en"
        rows += client.insert(temp, page)["insert_count"]
    pages.close()

    seconds = time.perf_counter() - begin
    usage = resource.getrusage(resource.RUSAGE_SELF)
    phase = {
        "rows": rows,
        "seconds": seconds,
        "cpuSeconds": usage.ru_utime + usage.ru_stime - cpu,
        "peakBytes": usage.ru_maxrss * 1024,
    }
    print(json.dumps({"copy": phase}))


main(json.loads(sys.argv[1]))
