import type { CodeEntry } from "./code";

/**
 * The checks of arguments. Each rule has one stable code: a message ends with it, and the documentation explains it.
 * MV001 to MV099 are reserved for this table. No check is retryable: the program has to change.
 */
export const codes = {
    MV001: {
        title: "The value is of the wrong kind",
        severity: "error",
        retryable: false,
        example: "fields: fields must be a list, not text",
    },
    MV002: {
        title: "The argument is unknown",
        severity: "error",
        retryable: false,
        example: 'nam: Unknown argument "nam". Did you mean "name"?',
    },
    MV003: {
        title: "A required argument is missing",
        severity: "error",
        retryable: false,
        example: "name: name is missing. It must be text",
    },
    MV004: {
        title: "The value is not one of the known values",
        severity: "error",
        retryable: false,
        example: 'migration.writes: "onlin" is not a known value. Did you mean "online"?',
    },
    MV005: {
        title: "The number is out of range",
        severity: "error",
        retryable: false,
        example: "shardsNum: shardsNum is 17. It must be at most 16",
    },
    MV006: {
        title: "The arguments are nested too deeply or too large",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner....",
    },
    MV007: {
        title: "The name is not valid",
        severity: "error",
        retryable: false,
        example: "name: The name of a collection has at most 255 characters, this one has 256",
    },
    MV008: {
        title: "The name is reserved",
        severity: "error",
        retryable: false,
        example: "fields[2].name: $meta is reserved by the server. Choose another name",
    },
    MV009: {
        title: "The name is used twice",
        severity: "error",
        retryable: false,
        example: 'fields[3].name: There is already a field "a". Choose another name',
    },
    MV010: {
        title: "A collection has exactly one primary key",
        severity: "error",
        retryable: false,
        example: "fields: No field is the primary key. Set isPrimaryKey on one Int64 or VarChar field",
    },
    MV011: {
        title: "A primary key is an Int64 or a VarChar",
        severity: "error",
        retryable: false,
        example: "fields[0].dataType: A primary key is an Int64 or a VarChar, not Int32",
    },
    MV012: {
        title: "A primary key has no NULL, default or backfill",
        severity: "error",
        retryable: false,
        example: "fields[0].nullable: A primary key cannot be NULL. Omit nullable",
    },
    MV013: {
        title: "autoId belongs to the primary key",
        severity: "error",
        retryable: false,
        example: "fields[2].autoId: Only the primary key can have autoId. Omit it here",
    },
    MV014: {
        title: "The partition key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].nullable: A partition key cannot be NULL. Omit nullable",
    },
    MV015: {
        title: "The clustering key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].dataType: A clustering key is a number or a VarChar, not JSON",
    },
    MV016: {
        title: "The server creates the partitions of a partition key",
        severity: "error",
        retryable: false,
        example:
            "partitions: The server creates the partitions of a partition key. Omit partitions; numPartitions sets their number",
    },
    MV017: {
        title: "numPartitions needs a partition key",
        severity: "error",
        retryable: false,
        example:
            "numPartitions: numPartitions needs a partition key. Set isPartitionKey on a field, or declare partitions by name",
    },
    MV018: {
        title: "There are too many partitions",
        severity: "error",
        retryable: false,
        example: "partitions: A collection has at most 4096 partitions, not 4097",
    },
    MV019: {
        title: "The name is a keyword of the filter language",
        severity: "warning",
        retryable: false,
        example:
            'fields[2].name: "like" is a keyword of the filter language. Milvus 2.5 and later reject it as the name of a field',
    },
    MV020: {
        title: "A dense vector needs its dimension",
        severity: "error",
        retryable: false,
        example: "fields[1].dim: A FloatVector needs dim, its number of dimensions",
    },
    MV021: {
        title: "This type has no dimension",
        severity: "error",
        retryable: false,
        example: "fields[2].dim: Int64 has no dim. Omit it",
    },
    MV022: {
        title: "The dimension does not fit the vector type",
        severity: "error",
        retryable: false,
        example: "fields[2].dim: dim is 1. It must be from 2 to 32768",
    },
    MV023: {
        title: "This type has no maximum length",
        severity: "error",
        retryable: false,
        example: "fields[2].maxLength: Only a VarChar has a maxLength, not Int8. Omit it",
    },
    MV024: {
        title: "An Array needs its element type and its capacity",
        severity: "error",
        retryable: false,
        example: "fields[2].elementType: An Array needs elementType, the type of its elements",
    },
    MV025: {
        title: "The element type does not fit",
        severity: "error",
        retryable: false,
        example: 'fields[2].elementType: An Array cannot hold "Varchar". Did you mean "VarChar"?',
    },
    MV026: {
        title: "A Struct needs its fields",
        severity: "error",
        retryable: false,
        example: "fields[2].fields: A Struct needs its fields, such as fields: [{ name, dataType }]",
    },
    MV027: {
        title: "This type has no analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableAnalyzer: Only a VarChar has an analyzer, not Int8. Omit it",
    },
    MV028: {
        title: "Nullable vectors need Milvus 2.6.18",
        severity: "warning",
        retryable: false,
        example: "fields[2].nullable: A nullable FloatVector needs Milvus 2.6.18 or later",
    },
    MV029: {
        title: "Nullable Arrays of Structs need Milvus 3.0",
        severity: "warning",
        retryable: false,
        example: "fields[2].nullable: A nullable Array of Structs needs Milvus 3.0 or later",
    },
    MV030: {
        title: "This type has no default value",
        severity: "error",
        retryable: false,
        example:
            "fields[2].defaultValue: JSON cannot have a default value. To set the value of existing rows, use backfill",
    },
    MV031: {
        title: "The value does not fit the type of its field",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[0].x: x is missing",
    },
    MV032: {
        title: "The value is out of the range of its type",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[1]: 300 is out of range. An Int8 is from -128 to 127",
    },
    MV033: {
        title: "The integer exceeds what a number holds exactly",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill: 9007199254740992 is beyond 2^53 and may be rounded. Write it as a string of digits",
    },
    MV034: {
        title: "The value is longer than its field allows",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[1]: The text has 4 bytes, but maxLength is 2",
    },
    MV035: {
        title: "The vector has the wrong length",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill: The vector has 2 elements but needs 3",
    },
    MV036: {
        title: "A function fills this field",
        severity: "error",
        retryable: false,
        example: "fields[3].from: sparse is filled by a function. Omit its from",
    },
    MV037: {
        title: "This type has no elements",
        severity: "error",
        retryable: false,
        example: "fields[2].maxCapacity: Only an Array has a maxCapacity, not VarChar. Omit it",
    },
    MV038: {
        title: "This type has no fields",
        severity: "error",
        retryable: false,
        example: "fields[2].fields: Only an Array of Struct has fields. Omit them",
    },
    MV039: {
        title: "A Struct cannot hold this type",
        severity: "error",
        retryable: false,
        example: "fields[2].fields[0].dataType: A Struct cannot hold JSON. Make it a separate field",
    },
    MV040: {
        title: "A field is renamed to its own name",
        severity: "error",
        retryable: false,
        example: 'fields[2].previousName: The field is already named "a". Omit previousName',
    },
    MV041: {
        title: "Two fields have the same previous name",
        severity: "error",
        retryable: false,
        example:
            'fields[3].previousName: "x" is also the previousName of a. Only one field can take its values',
    },
    MV042: {
        title: "The previous name belongs to another field",
        severity: "error",
        retryable: false,
        example:
            'fields[2].previousName: The program still declares a field "b". Omit that field, or set its previousName',
    },
    MV043: {
        title: "The source of a field's values is not valid",
        severity: "error",
        retryable: false,
        example: "fields[0].from: A primary key keeps its values. Omit from",
    },
    MV044: {
        title: "A field of the program cannot move to the dynamic field",
        severity: "error",
        retryable: false,
        example:
            'migration.moveToDynamicField[1]: "vector" is a field of the program. Omit it from fields or from moveToDynamicField',
    },
    MV045: {
        title: "The dynamic field is off",
        severity: "error",
        retryable: false,
        example: "migration.moveToDynamicField[0]: The dynamic field is off. Set enableDynamicField: true",
    },
    MV050: {
        title: "A collection has at least one vector field",
        severity: "error",
        retryable: false,
        example: "fields: No field is a vector. Milvus needs one, such as a FloatVector with its dim",
    },
    MV051: {
        title: "There are too many fields",
        severity: "error",
        retryable: false,
        example: "fields: A collection has at most 64 fields, not 65",
    },
    MV052: {
        title: "There are more vector fields than a server allows by default",
        severity: "warning",
        retryable: false,
        example:
            "fields: The collection has 5 vector fields. Servers accept 4 unless proxy.maxVectorFieldNum is higher (at most 10)",
    },
    MV053: {
        title: "The argument needs an analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableMatch: enableMatch needs an analyzer. Set enableAnalyzer",
    },
    MV060: {
        title: "The index names an unknown field",
        severity: "error",
        retryable: false,
        example: 'indexes[0].field: There is no field "zzz". Declare it in fields',
    },
    MV061: {
        title: "The metric does not fit the field",
        severity: "error",
        retryable: false,
        example: "indexes[0].metricType: VarChar has no metric. Omit metricType",
    },
    MV062: {
        title: "The index type does not fit the field",
        severity: "error",
        retryable: false,
        example:
            "indexes[0].indexType: INVERTED is for scalars, not for a FloatVector. Write AUTOINDEX, or a vector index",
    },
    MV063: {
        title: "The index type is unknown",
        severity: "warning",
        retryable: false,
        example: 'indexes[0].indexType: "HNSW2" is not a known index type. Did you mean "HNSW"?',
    },
    MV064: {
        title: "The field already has an index",
        severity: "error",
        retryable: false,
        example: "indexes[1].field: vector already has an index. Omit this one",
    },
    MV070: {
        title: "The function names an unknown field",
        severity: "error",
        retryable: false,
        example: 'functions[0].inputFieldNames[0]: There is no field "txt". Did you mean "text"?',
    },
    MV071: {
        title: "The fields of a function do not fit its type",
        severity: "error",
        retryable: false,
        example: "functions[0].inputFieldNames: BM25 reads one field, not 2",
    },
    MV072: {
        title: "The output of a function does not fit",
        severity: "error",
        retryable: false,
        example: "functions[0].outputFieldNames[0]: id is a key. A function needs its own output field",
    },
    MV073: {
        title: "The function type is unknown",
        severity: "warning",
        retryable: false,
        example:
            'functions[0].type: "TextEmbeding" is not a known function type. Did you mean "TextEmbedding"?',
    },
    MV080: {
        title: "The property is reserved",
        severity: "error",
        retryable: false,
        example:
            'properties["pulumi.owner"]: Properties that begin with pulumi. are reserved. Choose another name',
    },
    MV081: {
        title: "The entry is not a loss that can be allowed",
        severity: "error",
        retryable: false,
        example: 'migration.allow[2]: Write "memory" without a name',
    },
    MV090: {
        title: "The address is not valid",
        severity: "error",
        retryable: false,
        example: "connection.address: An address cannot contain a user. Use username and password",
    },
    MV091: {
        title: "A connection has either a token or a user name",
        severity: "error",
        retryable: false,
        example: "connection.token: A token replaces username and password. Use one or the other",
    },
    MV092: {
        title: "A user name and a password belong together",
        severity: "error",
        retryable: false,
        example: "connection.password: A username is given without its password",
    },
    MV093: {
        title: "A client certificate and its key belong together",
        severity: "error",
        retryable: false,
        example: "connection.clientKeyFile: clientCertFile is given without clientKeyFile. Set both or none",
    },
    MV094: {
        title: "TLS files are set for a connection without TLS",
        severity: "warning",
        retryable: false,
        example: "connection.caFile: caFile is used only with TLS. Set ssl, or use an https:// address",
    },
    MV095: {
        title: "An alias cannot have the name of its collection",
        severity: "error",
        retryable: false,
        example: 'name: The collection is already named "docs". Give the alias another name',
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;

export type CheckCode = keyof typeof codes;
