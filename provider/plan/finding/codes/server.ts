import type { PlanEntry } from "../planEntry";

/** About what the server can do. */
export const server = {
    MV115: {
        title: "The server does not support nullable fields",
        severity: "error",
        retryable: false,
        about: "server",
        example: "fields[5].nullable: milvus 2.3.5 does not support nullable fields",
    },
    MV120: {
        title: "The server cannot swap collections by name",
        severity: "error",
        retryable: false,
        about: "server",
        example: "name: milvus-lite 2.5.1 cannot rename, so the copy cannot take the name docs",
    },
    MV121: {
        title: "The server could not be queried",
        severity: "note",
        retryable: false,
        about: "server",
        example: "connection: planned from the recorded state, assuming a current Milvus",
    },
    MV123: {
        title: "The collection does not exist on the server",
        severity: "error",
        retryable: false,
        about: "server",
        example: "name: the recorded collection does not exist on the server",
    },
    MV124: {
        title: "The collection is released temporarily",
        severity: "warning",
        retryable: false,
        about: "server",
        example: "load: searches fail from the release until the collection is loaded again",
    },
    MV126: {
        title: "A description is kept only in the state",
        severity: "note",
        retryable: false,
        about: "server",
        example: "description: milvus-lite 3.2.2 does not store descriptions, the state alone keeps it",
    },
    MV127: {
        title: "Aliases point at the old collection",
        severity: "note",
        retryable: false,
        about: "server",
        example: "name: the alias live points at docs_3fa9c1d",
    },
    MV129: {
        title: "The server does not support partitions",
        severity: "error",
        retryable: false,
        about: "server",
        example: "partitions: milvus-lite 2.5.1 does not support partitions",
    },
    MV141: {
        title: "The server does not support a data type",
        severity: "error",
        retryable: false,
        about: "server",
        example: "fields[3].dataType: milvus 2.3.5 does not support SparseFloatVector",
    },
    MV142: {
        title: "The server supports one vector field per collection",
        severity: "error",
        retryable: false,
        about: "server",
        example: "fields[2]: milvus 2.3.5 supports one vector field per collection, and vector is one",
    },
    MV143: {
        title: "The server does not support an index type",
        severity: "error",
        retryable: false,
        about: "server",
        example: "indexes: milvus-lite 3.2.2 does not support STL_SORT on page (Int64)",
    },
    MV149: {
        title: "The old collection cannot be retained",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "migration.keepPrevious: milvus-lite 2.5.1 does not store properties: the old collection is dropped",
    },
    MV154: {
        title: "The server does not support default values",
        severity: "error",
        retryable: false,
        about: "server",
        example: "fields[5].defaultValue: milvus 2.3.5 does not support default values",
    },
    MV155: {
        title: "The server does not support databases",
        severity: "error",
        retryable: false,
        about: "server",
        example: "database: milvus-lite 2.5.1 does not support databases",
    },
    MV584: {
        title: "The server does not have the analyzer",
        severity: "error",
        retryable: false,
        about: "server",
        example: "fields[1].analyzerParams: milvus-lite 3.2.2 does not have the analyzer english of text",
    },
    MV585: {
        title: "The server ignores a filter of an analyzer",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "fields[1].analyzerParams: milvus-lite 3.2.2 analyzes text without the filter stemmer: searches by words find other rows than on Milvus",
    },
    MV180: {
        title: "The server would not build the index",
        severity: "error",
        retryable: false,
        about: "server",
        example:
            "indexes: 3 of 10 segments of docs_3fa9c1d do not have the current schema, and the server builds no index until they do",
    },
    MV181: {
        title: "A property that excludes a declared one is deleted",
        severity: "note",
        retryable: false,
        about: "server",
        example:
            "properties: collection.ttl.seconds of the server is deleted: a collection has one of it and ttl_field",
    },
    MV182: {
        title: "Clients that know the former schema get an error once",
        severity: "note",
        retryable: false,
        about: "server",
        example:
            "fields: a client that wrote to docs_3fa9c1d before gets error 109 for its next insert or upsert",
    },
    MV183: {
        title: "The server has known bugs that can disturb this change",
        severity: "note",
        retryable: false,
        about: "server",
        example:
            "name: milvus 2.6.20 has known bugs: a load may be reported before all rows can be read (milvus-io/milvus #51298)",
    },
    MV184: {
        title: "The server would store a property and ignore it",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "properties: milvus 2.6.18 stores ttl_field and ignores it: it removes no expired rows. Omit it, or use Milvus 3.0 or later",
    },
    MV185: {
        title: "A rename on this server loses the collection's metadata",
        severity: "error",
        retryable: false,
        about: "server",
        example:
            "name: milvus 2.5.14 loses the metadata of a collection that is renamed (milvus-io/milvus#43407)",
    },
    MV186: {
        title: "The server has known bugs that can lose rows or deletes",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "migration: milvus 2.5.3 has known bugs: deletes or rows may be lost (milvus-io/milvus#39422)",
    },
    MV187: {
        title: "The server loses rows that are inserted while it renames",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "name: milvus-lite 3.2.2 loses rows that clients insert in the moment in which it renames a collection",
    },
    MV195: {
        title: "An interrupted change in place would not be found by itself",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "indexes: milvus-lite 2.5.1 cannot record that the change has begun: if this run is killed, run `pulumi refresh` before the next `pulumi up`",
    },
    MV196: {
        title: "An earlier change in place was interrupted",
        severity: "note",
        retryable: false,
        about: "server",
        example:
            "name: an earlier `pulumi up` was interrupted while it changed docs_3fa9c1d in place (release, drop-index, create-index, load)",
    },
    MV197: {
        title: "The former name is free only at the end of the run",
        severity: "note",
        retryable: false,
        about: "server",
        example:
            "name: the old collection has the name docs until the end of the run, so that an Alias of that name cannot be created in it",
    },
    MV198: {
        title: "The collection is renamed",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "name: clients that use docs fail from the rename on, unless this run creates an Alias of that name",
    },
    MV199: {
        title: "The name of the new collection is an alias of the old one",
        severity: "error",
        retryable: false,
        about: "server",
        example: "name: docs is an alias of docs_3fa9c1d, which serves during the migration",
    },
} as const satisfies Record<`MV${1 | 5}${number}`, PlanEntry>;
