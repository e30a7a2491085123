import type { CodeEntry } from "../../inputs/report/code";

/** Functions that look something up, and the move of a stack from the dynamic to the native provider. */
export const lookups = {
    MV391: {
        title: "What is looked up does not exist",
        severity: "error",
        retryable: false,
        example:
            "getCollection: localhost:19530 has no collection or alias docs in database default. Check the name, the database and the server",
    },
    MV392: {
        title: "The provider has no function of this name",
        severity: "error",
        retryable: false,
        example:
            "pulumi-milvus has no function getIndex. It has getCollection, getAlias, getCollections, getServer, getDatabase, getDatabases, getResourceGroup, getResourceGroups, getPrivilegeGroups, getRole, getRoles, getUser, getUsers. For a newer one, update the plugin",
    },
    MV393: {
        title: "A resource moves to the native provider and changes in the same run",
        severity: "error",
        retryable: false,
        example:
            "docs: was deployed by the dynamic provider, moves to the native one, and changes at the same time (fields[2].name). No changes made. Deploy the program as it was, with only its import changed; then change the resource in another `pulumi up`",
    },
} as const satisfies Record<`MV39${number}`, CodeEntry>;
