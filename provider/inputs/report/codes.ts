import type { CodeEntry } from "./code";

/**
 * The checks of arguments, one stable code a rule: a message ends with its code, the documentation explains it.
 * MV001 to MV099 are kept for this table. No check is retryable: the program has to change.
 */
export const codes = {
    MV001: {
        title: "The value is of the wrong kind",
        severity: "error",
        retryable: false,
        example: "fields: fields must be a list, not text",
    },
    MV002: {
        title: "There is no argument of this name",
        severity: "error",
        retryable: false,
        example: 'nam: There is no argument "nam" here. Did you mean "name"?',
    },
    MV003: {
        title: "A required argument is missing",
        severity: "error",
        retryable: false,
        example: "name: name is missing. It must be text",
    },
    MV004: {
        title: "The value is not one of those that Milvus knows",
        severity: "error",
        retryable: false,
        example: 'migration.writes: "onlin" is not known here. Did you mean "online"?',
    },
    MV005: {
        title: "The number is out of range",
        severity: "error",
        retryable: false,
        example: "shardsNum: shardsNum is 17. It must be at most 16",
    },
    MV006: {
        title: "The arguments are too deep or too many",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner....",
    },
    MV007: {
        title: "The name is not one that Milvus takes",
        severity: "error",
        retryable: false,
        example: "name: The name of a collection has at most 255 characters, this one has 256",
    },
    MV008: {
        title: "The name is reserved",
        severity: "error",
        retryable: false,
        example: "fields[2].name: $meta is a field of the server's own. Choose another name",
    },
    MV009: {
        title: "The name is used twice",
        severity: "error",
        retryable: false,
        example: 'fields[3].name: There is another field "a". Give this one its own name',
    },
    MV010: {
        title: "A collection has exactly one primary key",
        severity: "error",
        retryable: false,
        example: "fields[2].isPrimaryKey: id is the primary key already. There is only one",
    },
    MV011: {
        title: "A primary key is an Int64 or a VarChar",
        severity: "error",
        retryable: false,
        example: "fields[0].dataType: A primary key is an Int64 or a VarChar, not Int32",
    },
    MV012: {
        title: "A primary key always has a value of its own",
        severity: "error",
        retryable: false,
        example: "fields[0].nullable: A primary key cannot be NULL. Leave nullable out",
    },
    MV013: {
        title: "autoId belongs to the primary key",
        severity: "error",
        retryable: false,
        example: "fields[2].autoId: Only the primary key has an autoId. Leave it out here",
    },
    MV014: {
        title: "The partition key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].dataType: A partition key is an Int64 or a VarChar, not Bool",
    },
    MV015: {
        title: "The clustering key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].dataType: A clustering key is a number or a VarChar, not JSON",
    },
    MV016: {
        title: "A partition key makes the partitions",
        severity: "error",
        retryable: false,
        example:
            "partitions: With a partition key the server makes the partitions. Leave partitions out; numPartitions says how many",
    },
    MV017: {
        title: "numPartitions belongs to a partition key",
        severity: "error",
        retryable: false,
        example:
            "numPartitions: numPartitions counts for a partition key only. Set isPartitionKey on a field, or name the partitions",
    },
    MV018: {
        title: "There are too many partitions",
        severity: "error",
        retryable: false,
        example: "partitions: A collection has at most 4096 partitions, not 4097",
    },
    MV019: {
        title: "The name is a word of the filter language",
        severity: "warning",
        retryable: false,
        example:
            'fields[2].name: "like" is a word of the filter language: Milvus from 2.5 on refuses such a field',
    },
    MV020: {
        title: "A dense vector needs its dimension",
        severity: "error",
        retryable: false,
        example: "fields[1].dim: A FloatVector needs its number of dimensions: dim",
    },
    MV021: {
        title: "This type has no dimension",
        severity: "error",
        retryable: false,
        example: "fields[2].dim: A Int64 has no dim. Leave it out",
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
        example: "fields[2].maxLength: Only a VarChar has a maxLength, not Int8. Leave it out",
    },
    MV024: {
        title: "An Array needs its element type and its capacity",
        severity: "error",
        retryable: false,
        example: "fields[2].elementType: An Array needs the type of its elements: elementType",
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
        example: "fields[2].fields: A Struct needs its fields: fields: [{ name, dataType }]",
    },
    MV027: {
        title: "This type has no analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableAnalyzer: Only a VarChar has an analyzer, not Int8. Leave it out",
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
            "fields[2].defaultValue: A JSON has no default value. To give existing rows a value, use backfill",
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
        title: "The integer is beyond what a number holds exactly",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill: 9007199254740992 is beyond 2^53 and may be rounded. Write it as a string of digits",
    },
    MV034: {
        title: "The value is longer than its field allows",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[1]: The text has 4 bytes, maxLength is 2",
    },
    MV035: {
        title: "The vector has the wrong length",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill: The vector has 2 elements, it needs 3",
    },
    MV036: {
        title: "This field takes no value for existing rows",
        severity: "error",
        retryable: false,
        example: "fields[3].from: sparse is filled by a function. Leave its from out",
    },
    MV037: {
        title: "This type has no elements",
        severity: "error",
        retryable: false,
        example: "fields[2].maxCapacity: Only an Array has a maxCapacity, not VarChar. Leave it out",
    },
    MV038: {
        title: "This type has no fields",
        severity: "error",
        retryable: false,
        example: "fields[2].fields: Only an Array of Struct has fields. Leave them out",
    },
    MV039: {
        title: "A Struct cannot hold this type",
        severity: "error",
        retryable: false,
        example: "fields[2].fields[0].dataType: A Struct cannot hold JSON. Make it a field of its own",
    },
    MV040: {
        title: "A field is renamed to the name that it has",
        severity: "error",
        retryable: false,
        example: 'fields[2].previousName: The field is called "a" now. Leave previousName out',
    },
    MV041: {
        title: "Two fields have the same previous name",
        severity: "error",
        retryable: false,
        example: 'fields[3].previousName: "x" is the previous name of a, too. Its values go to one field',
    },
    MV042: {
        title: "The previous name belongs to another field",
        severity: "error",
        retryable: false,
        example:
            'fields[2].previousName: The program has a field "b" itself. Leave that one out, or give it a previousName of its own',
    },
    MV043: {
        title: "The place of a field's values is none",
        severity: "error",
        retryable: false,
        example: "fields[0].from: A primary key keeps its values. Leave from out",
    },
    MV044: {
        title: "A field of the program cannot go into the dynamic field, too",
        severity: "error",
        retryable: false,
        example:
            'migration.moveToDynamicField[1]: "vector" is a field of the program. Leave it out of fields, or out of moveToDynamicField',
    },
    MV045: {
        title: "The dynamic field that takes the values is off",
        severity: "error",
        retryable: false,
        example:
            "migration.moveToDynamicField[0]: Its values go into the dynamic field, which is off. Set enableDynamicField: true",
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
            "fields: There are 5 vector fields: servers take 4 unless proxy.maxVectorFieldNum says more (10 at most)",
    },
    MV053: {
        title: "The argument needs an analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableMatch: Text match needs an analyzer: set enableAnalyzer, too",
    },
    MV060: {
        title: "The index is on a field that is not there",
        severity: "error",
        retryable: false,
        example: 'indexes[0].field: There is no field "zzz". Declare it in fields',
    },
    MV061: {
        title: "The metric does not fit the field",
        severity: "error",
        retryable: false,
        example: 'indexes[0].metricType: "cosine" does not fit a FloatVector. Did you mean "COSINE"?',
    },
    MV062: {
        title: "The index type does not fit the field",
        severity: "error",
        retryable: false,
        example:
            "indexes[0].indexType: INVERTED is for scalars, not for a FloatVector. Write AUTOINDEX, or an index of vectors",
    },
    MV063: {
        title: "The index type is not known",
        severity: "warning",
        retryable: false,
        example: 'indexes[0].indexType: "HNSW2" is not an index type known here. Did you mean "HNSW"?',
    },
    MV064: {
        title: "The field has an index already",
        severity: "error",
        retryable: false,
        example: "indexes[1].field: vector has an index already. Leave this one out",
    },
    MV070: {
        title: "The function names a field that is not there",
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
        example: "functions[0].outputFieldNames[0]: id is a key. A function fills a field of its own",
    },
    MV073: {
        title: "The function type is not known",
        severity: "warning",
        retryable: false,
        example:
            'functions[0].type: "TextEmbeding" is not a function known here. Did you mean "TextEmbedding"?',
    },
    MV080: {
        title: "The property is reserved",
        severity: "error",
        retryable: false,
        example:
            'properties["pulumi.owner"]: Properties beginning with pulumi. are this provider\'s own. Choose another name',
    },
    MV081: {
        title: "The loss is not one that can be allowed",
        severity: "error",
        retryable: false,
        example: 'migration.allow[2]: Write "memory" alone',
    },
    MV090: {
        title: "The address is not one of a Milvus server",
        severity: "error",
        retryable: false,
        example: "connection.address: An address holds no user. Write username and password beside it",
    },
    MV091: {
        title: "A connection has one way to prove who calls",
        severity: "error",
        retryable: false,
        example: "connection.token: A token stands for user name and password. Give one or the other",
    },
    MV092: {
        title: "A user name and a password go together",
        severity: "error",
        retryable: false,
        example: "connection.password: A username is given without its password",
    },
    MV093: {
        title: "A client certificate and its key go together",
        severity: "error",
        retryable: false,
        example:
            "connection.clientKeyFile: clientCertFile is given without clientKeyFile. Give both, or none",
    },
    MV094: {
        title: "TLS files are given for a connection without TLS",
        severity: "warning",
        retryable: false,
        example:
            "connection.caFile: caFile counts with TLS only: set ssl, or write the address with https://",
    },
    MV095: {
        title: "An alias cannot have the name of its collection",
        severity: "error",
        retryable: false,
        example: 'name: The collection is called "docs" itself. Give the alias another name',
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;

export type CheckCode = keyof typeof codes;
