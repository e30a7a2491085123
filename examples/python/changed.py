import pulumi
import pulumi_milvus as milvus

docs = milvus.Collection("docs",
    fields=[
        {
            "name": "id",
            "data_type": milvus.DataType.INT64,
            "is_primary_key": True,
        },
        {
            "name": "vector",
            "data_type": milvus.DataType.FLOAT_VECTOR,
            "dim": 8,
        },
        {
            "name": "text",
            "data_type": milvus.DataType.VAR_CHAR,
            "max_length": 65535,
        },
        {
            "name": "page",
            "data_type": milvus.DataType.INT32,
            "previous_name": "page_num",
        },
        {
            "name": "lang",
            "data_type": milvus.DataType.VAR_CHAR,
            "max_length": 8,
            "backfill": "en",
        },
    ],
    indexes=[{
        "field": "vector",
        "index_type": "AUTOINDEX",
        "metric_type": "COSINE",
    }])
live = milvus.Alias("live",
    name="docs",
    collection=docs.collection_name)
pulumi.export("collection", docs.collection_name)
