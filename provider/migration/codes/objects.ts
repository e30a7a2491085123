import type { CodeEntry } from "../../inputs/report/code";

/** Databases and what else stands beside collections. */
export const objects = {
    MV400: {
        title: "The object exists already",
        severity: "error",
        retryable: false,
        example:
            "database library exists already, and this program did not create it. Set adopt: true to manage it, run `pulumi import`, or choose another name",
    },
    MV401: {
        title: "The server lacks what the object needs",
        severity: "error",
        retryable: false,
        example:
            "database library: milvus 2.3.5 stores no properties of databases. Remove properties, or update the server",
    },
    MV402: {
        title: "The import id does not name an object of this type",
        severity: "error",
        retryable: false,
        example:
            "a/b is no id of a Database. Write its name: `pulumi import milvus:index:Database library library`",
    },
    MV403: {
        title: "The database is not empty",
        severity: "error",
        retryable: false,
        example:
            "database library: not dropped, it holds the collection docs with 1,234 rows. Drop it first, or set forceDestroy: true to drop the database with its collections",
    },
    MV404: {
        title: "The collection of the partition does not exist",
        severity: "error",
        retryable: false,
        example:
            "partition en: there is no collection docs. Create it first, or take its name from the outputs of its resource",
    },
    MV405: {
        title: "The collection has a partition key",
        severity: "error",
        retryable: false,
        example:
            "partition en of docs: the collection has a partition key, and its server chooses the partitions by itself. Remove the resource",
    },
    MV406: {
        title: "The partition is not empty",
        severity: "error",
        retryable: false,
        example:
            "partition en of docs: not dropped, it holds 1,234 rows. Delete them first, or set forceDestroy: true to drop the partition with its rows",
    },
    MV407: {
        title: "A partition that the program no longer names keeps its rows",
        severity: "warning",
        retryable: false,
        example: "the partition en of docs keeps its 1,234 rows. Drop it by hand once nobody needs them",
    },
    MV408: {
        title: "A property of the database is fixed when it is created",
        severity: "error",
        retryable: false,
        example:
            "database library: cipher.enabled cannot change on an existing database. Put it back, or declare a new database and move the collections there",
    },
    MV409: {
        title: "A property of the database changes what clients may do",
        severity: "warning",
        retryable: false,
        example:
            "library: database.force.deny.writing: Milvus refuses every insert, upsert and delete in database library, and no migration of a collection in it can finish. Set it to false, or remove it, to allow them again.",
    },
    MV440: {
        title: "Replicas are loaded on the resource group",
        severity: "error",
        retryable: false,
        example:
            "resource group heavy: not dropped, 2 replicas of docs are loaded on it. Release these collections, or load them on other groups",
    },
    MV410: {
        title: "The role has privileges or users",
        severity: "error",
        retryable: false,
        example:
            "role reader: not dropped, it has the privilege Search on the collection docs in the database default, and the user alice. Take them away first, or set forceDestroy: true, run `pulumi up`, and then drop the role",
    },
    MV411: {
        title: "The password cannot be set",
        severity: "error",
        retryable: false,
        example:
            "user root: its password is neither the deployed nor the declared one, and Milvus asks for the present one. Declare the present password, run `pulumi up`, and then change it",
    },
    MV412: {
        title: "The user of the connection cannot be dropped",
        severity: "error",
        retryable: false,
        example:
            "user deployer: not dropped, the provider connects as this user. Connect as another user (milvus:token, or milvus:username and milvus:password), and drop it then",
    },
    MV413: {
        title: "A role of the user of the connection cannot be taken away",
        severity: "error",
        retryable: false,
        example:
            "user deployer: the role admin is not taken away, the provider connects as this user. Connect as another user (milvus:token, or milvus:username and milvus:password), and change its roles then",
    },
    MV414: {
        title: "The role belongs to the user of the connection",
        severity: "error",
        retryable: false,
        example:
            "role deployers: not dropped, the provider connects as deployer, who has this role. Connect as another user (milvus:token, or milvus:username and milvus:password), and drop it then",
    },
    MV415: {
        title: "A declared role does not exist",
        severity: "error",
        retryable: false,
        example:
            "user alice: the role reader does not exist on the server. Declare it as a Role and write roles: [reader.name], or correct its name",
    },
} as const satisfies Record<`MV4${number}`, CodeEntry>;
