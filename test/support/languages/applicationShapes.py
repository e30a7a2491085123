"""Creates collections as well-known applications do: applicationShapes.py ADDRESS PREFIX [WITHOUT ...].

Source: the vector stores of langchain-milvus, llama_index, milvus-haystack, dify, open-webui, mem0, LightRAG, langchain.js,
langchain4j and spring-ai, and MilvusClient.create_collection of pymilvus; what each declares, with vectors of 8 dimensions.
A sparse vector of BM25 has the one index that milvus-lite takes for it; some applications ask for AUTOINDEX.
"""

import sys

from pymilvus import DataType, Function, FunctionType, MilvusClient

address, prefix, *without = sys.argv[1:]
client = MilvusClient(uri="http://" + address)

longest = {"max_length": 65535}
hnsw = ("HNSW", {"M": 8, "efConstruction": 64})
inverted = ("SPARSE_INVERTED_INDEX", {})
auto = ("AUTOINDEX", {})


def text(name, max_length=65535, **options):
    return (name, DataType.VARCHAR, {"max_length": max_length, **options})


def integer(name, **options):
    return (name, DataType.INT64, options)


def json(name, **options):
    return (name, DataType.JSON, options)


def dense(name="vector", **options):
    return (name, DataType.FLOAT_VECTOR, {"dim": 8, **options})


def sparse(name):
    return (name, DataType.SPARSE_FLOAT_VECTOR, {})


def bm25(name, source, target):
    return Function(name=name, function_type=FunctionType.BM25, input_field_names=[source], output_field_names=[target])


key = {"is_primary": True}
own_key = {"is_primary": True, "auto_id": True}
webui = ("HNSW", {"M": 16, "efConstruction": 200})

# name: fields, indexes as field → ((type, parameters), metric, name), and what else the application sets.
shapes = {
    "LangChainCollection": (
        [text("source"), text("text"), integer("pk", **own_key), dense()],
        {"vector": (hnsw, "L2", "")},
        {"consistency_level": "Session"},
    ),
    "langchain_dynamic": (
        [text("text"), text("pk", **key), dense()],
        {"vector": (hnsw, "L2", "")},
        {"consistency_level": "Session", "enable_dynamic_field": True},
    ),
    "langchain_hybrid": (
        [text("text", enable_analyzer=True), text("pk", **key), dense("dense"), sparse("sparse"), text("namespace", is_partition_key=True)],
        {"dense": (auto, "L2", ""), "sparse": (inverted, "BM25", "")},
        {"consistency_level": "Bounded", "functions": [bm25("bm25_function_3c1b", "text", "sparse")]},
    ),
    "llamacollection": (
        [text("id", **key), text("doc_id"), dense("embedding")],
        {"embedding": (("FLAT", {}), "IP", "")},
        {"consistency_level": "Session", "enable_dynamic_field": True},
    ),
    "llama_hybrid": (
        [text("id", **key), dense("embedding"), sparse("sparse_embedding")],
        {"embedding": (("FLAT", {}), "IP", ""), "sparse_embedding": (inverted, "IP", "")},
        {"enable_dynamic_field": True},
    ),
    "HaystackCollection": (
        [text("name"), integer("page"), text("text"), text("id", **key), dense()],
        {"vector": (hnsw, "L2", "")},
        {"consistency_level": "Session"},
    ),
    "haystack_sparse": (
        [text("text"), text("id", **key), dense(), sparse("sparse_vector")],
        {"vector": (hnsw, "L2", ""), "sparse_vector": (inverted, "IP", "")},
        {"consistency_level": "Session"},
    ),
    "Vector_index_6f2c_Node": (
        [json("metadata"), text("page_content"), integer("id", **own_key), dense()],
        {"vector": (hnsw, "IP", "")},
        {"consistency_level": "Session"},
    ),
    "dify_hybrid": (
        [json("metadata"), text("page_content", enable_analyzer=True), integer("id", **own_key), dense(), sparse("sparse_vector")],
        {"vector": (hnsw, "IP", ""), "sparse_vector": (inverted, "BM25", "")},
        {"consistency_level": "Session", "functions": [bm25("text_bm25_emb", "page_content", "sparse_vector")]},
    ),
    "open_webui_file_0c3e": (
        [text("id", **key), dense(description="vector"), json("data", description="data"), json("metadata", description="metadata")],
        {"vector": (webui, "COSINE", "")},
        {"enable_dynamic_field": True},
    ),
    "open_webui_knowledge": (
        [text("id", 36, **key), dense(), text("text"), json("metadata"), text("resource_id", 255)],
        {"vector": (webui, "COSINE", ""), "resource_id": (("INVERTED", {}), None, "")},
        {"description": "Shared collection for multi-tenancy"},
    ),
    "mem0": (
        [text("id", 512, **key), dense("vectors"), json("metadata"), text("text", enable_analyzer=True), sparse("sparse")],
        {"vectors": (auto, "L2", "vector_index"), "sparse": (inverted, "BM25", "sparse_index")},
        {"enable_dynamic_field": True, "functions": [bm25("bm25", "text", "sparse")]},
    ),
    "mem0_before_v3": (
        [text("id", 512, **key), dense("vectors"), json("metadata")],
        {"vectors": (auto, "L2", "vector_index")},
        {"enable_dynamic_field": True},
    ),
    "lightrag_entities": (
        [text("id", 64, **key), dense(), integer("created_at"), text("entity_name", 512, nullable=True), text("file_path", 32768, nullable=True)],
        {"vector": (webui, "COSINE", ""), "entity_name": (("INVERTED", {}), None, "")},
        {"enable_dynamic_field": True, "description": "LightRAG entities vector storage"},
    ),
    "lightrag_relationships": (
        [text("id", 64, **key), dense(), integer("created_at"), text("src_id", 512, nullable=True), text("tgt_id", 512, nullable=True), text("file_path", 32768, nullable=True)],
        {"vector": (webui, "COSINE", ""), "src_id": (("INVERTED", {}), None, ""), "tgt_id": (("INVERTED", {}), None, "")},
        {"enable_dynamic_field": True, "description": "LightRAG relationships vector storage"},
    ),
    "lightrag_chunks": (
        [text("id", 64, **key), dense(), integer("created_at"), text("full_doc_id", 64, nullable=True), text("file_path", 32768, nullable=True)],
        {"vector": (webui, "COSINE", ""), "full_doc_id": (("INVERTED", {}), None, "")},
        {"enable_dynamic_field": True, "description": "LightRAG chunks vector storage"},
    ),
    "langchain_js": (
        [integer("langchain_primaryid", description="Primary key", **own_key), text("langchain_text", description="Text field"), dense("langchain_vector", description="Vector field")],
        {"langchain_vector": (hnsw, "L2", "")},
        {},
    ),
    "langchain4j": (
        [text("id", 36, **key), text("text"), json("metadata"), dense()],
        {"vector": (("FLAT", {}), "COSINE", "")},
        {"consistency_level": "Eventually"},
    ),
    "spring_ai": (
        [text("doc_id", 36, **key), text("content"), json("metadata"), dense("embedding")],
        {"embedding": (("IVF_FLAT", {"nlist": 1024}), "COSINE", "")},
        {},
    ),
    "quick_setup": ([integer("id", **key), dense()], {"vector": (auto, "COSINE", "")}, {"enable_dynamic_field": True}),
}

for name in without:
    del shapes[name]
for name, (fields, indexes, options) in shapes.items():
    options = dict(options)
    functions = options.pop("functions", [])
    made = client.create_schema(
        enable_dynamic_field=options.pop("enable_dynamic_field", False), description=options.pop("description", "")
    )
    for field, datatype, given in fields:
        made.add_field(field, datatype, **given)
    for function in functions:
        made.add_function(function)
    params = client.prepare_index_params()
    for field, ((index_type, parameters), metric, index_name) in indexes.items():
        more = {} if metric is None else {"metric_type": metric}
        params.add_index(field, index_type=index_type, index_name=index_name, params=parameters, **more)
    client.create_collection(prefix + name, schema=made, index_params=params, **options)
print(len(shapes))
