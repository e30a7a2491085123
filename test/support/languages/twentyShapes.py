"""Creates twenty collections of different shapes, as applications do: twentyShapes.py ADDRESS PREFIX [WITHOUT ...]."""

import sys

from pymilvus import DataType, Function, FunctionType, MilvusClient

address, prefix, *without = sys.argv[1:]
client = MilvusClient(uri="http://" + address)


def schema(dim=4, key=DataType.INT64, vector="vector", auto_id=False, **options):
    made = client.create_schema(**options)
    limits = {"max_length": 64} if key == DataType.VARCHAR else {}
    made.add_field("id", key, is_primary=True, auto_id=auto_id, **limits)
    made.add_field(vector, DataType.FLOAT_VECTOR, dim=dim)
    return made


def index(field="vector", index_type="FLAT", metric="COSINE", name="", params=None):
    made = client.prepare_index_params()
    made.add_index(field, index_type=index_type, metric_type=metric, index_name=name, params=params or {})
    return made


shapes = {}


def shape(name, made, **options):
    shapes[name] = (made, {"index_params": index(), **options})


shape("plain", schema())
shape("auto_id", schema(auto_id=True))
shape("text_key", schema(key=DataType.VARCHAR))
shape("dynamic", schema(enable_dynamic_field=True))
shape("described", schema(description="Chunks of documents: \"quoted\", ${not} a reference, Ünïcode"))

scalars = schema()
for name in ("BOOL", "INT8", "INT16", "INT32", "FLOAT", "DOUBLE", "JSON"):
    scalars.add_field(name.lower() + "_field", getattr(DataType, name))
scalars.add_field("text", DataType.VARCHAR, max_length=512, description="what it says")
shape("scalars", scalars)

nullable = schema()
nullable.add_field("maybe", DataType.INT64, nullable=True)
nullable.add_field("text", DataType.VARCHAR, max_length=16, nullable=True)
shape("nullable", nullable)

arrays = schema()
arrays.add_field("numbers", DataType.ARRAY, element_type=DataType.INT64, max_capacity=16)
arrays.add_field("words", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=8, max_length=32)
shape("arrays", arrays)

two = schema()
two.add_field("other", DataType.FLOAT_VECTOR, dim=8)
both = index()
both.add_index("other", index_type="FLAT", metric_type="L2")
shape("two_vectors", two, index_params=both)

sparse = schema()
sparse.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
with_sparse = index()
with_sparse.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
shape("sparse", sparse, index_params=with_sparse)

bm25 = schema()
bm25.add_field("text", DataType.VARCHAR, max_length=1000, enable_analyzer=True)
bm25.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
bm25.add_function(Function(name="bm25", function_type=FunctionType.BM25, input_field_names=["text"], output_field_names=["terms"]))
with_bm25 = index()
with_bm25.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
shape("full_text", bm25, index_params=with_bm25)

keyed = schema()
keyed.add_field("tenant", DataType.VARCHAR, max_length=64, is_partition_key=True)
shape("partition_key", keyed, num_partitions=8)

shape("inner_product", schema(dim=16), index_params=index(metric="IP"))
shape("euclidean", schema(), index_params=index(metric="L2"))
shape("hnsw", schema(), index_params=index(index_type="HNSW", params={"M": 16, "efConstruction": 200}))
shape("ivf", schema(), index_params=index(index_type="IVF_FLAT", params={"nlist": 64}))
shape("automatic", schema(), index_params=index(index_type="AUTOINDEX"))
shape("not_loaded", schema(), index_params=None)
shape("properties", schema(), properties={"collection.ttl.seconds": 3600})
shape("partitions", schema())

for name in without:
    del shapes[name]
for name, (made, options) in shapes.items():
    client.create_collection(prefix + name, schema=made, **options)
for partition in ("y2023", "y2024"):
    client.create_partition(prefix + "partitions", partition)
print(len(shapes))
