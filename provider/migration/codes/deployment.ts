import type { CodeEntry } from "../../inputs/report/code";

/** Names, deletions, aliases, configuration and state. */
export const deployment = {
    MV301: {
        title: "The name belongs to a collection that this program did not create",
        severity: "error",
        retryable: false,
        example:
            "name: a collection docs already exists and was not created by this program. Set adopt: true to manage it",
    },
    MV302: {
        title: "The name is an alias",
        severity: "error",
        retryable: false,
        example: "name: docs is an alias of docs_3fa9c1d. Choose another name, or drop the alias",
    },
    MV303: {
        title: "An adopted collection differs from the program",
        severity: "warning",
        retryable: false,
        example:
            "docs is adopted as it is, and differs from the program. Nothing was changed: the next `pulumi preview` shows what the program would change",
    },
    MV304: {
        title: "Aliases still point at the collection",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: not dropped, the alias live still points at it, and this run has not moved it. If the run has --target, include the Alias or leave --target out",
    },
    MV305: {
        title: "Deletion is protected",
        severity: "error",
        retryable: false,
        example:
            "docs: not dropped, it holds 1,234 rows and deletionProtection is set. If you renamed a resource, add its former name as `aliases` to its options",
    },
    MV306: {
        title: "Delete before replace would lose the rows",
        severity: "error",
        retryable: false,
        example: "docs: deleteBeforeReplace would drop 1,234 rows before they are copied. Remove that option",
    },
    MV307: {
        title: "The collection of this resource no longer exists",
        severity: "error",
        retryable: false,
        example: "docs_3fa9c1d: the collection is gone. Run `pulumi refresh`, then `pulumi up`",
    },
    MV310: {
        title: "The alias points at another collection",
        severity: "error",
        retryable: false,
        example: "name: the alias live already exists and points at pages. Set adopt: true to take it over",
    },
    MV311: {
        title: "The name of the alias belongs to a collection",
        severity: "error",
        retryable: false,
        example: "name: live is a collection. Choose another name for the alias",
    },
    MV312: {
        title: "The collection of an alias does not exist",
        severity: "error",
        retryable: false,
        example:
            "collection: there is no collection docs_ba4d643. Create it first, or pass `collectionName` of a Collection",
    },
    MV313: {
        title: "The plan is blocked",
        severity: "error",
        retryable: false,
        example: "docs: blocked; no changes made; the errors of the plan follow",
    },
    MV314: {
        title: "The server has no aliases",
        severity: "error",
        retryable: false,
        example: "localhost:19530: milvus-lite before 3 has no aliases. Use the collection's own name",
    },
    MV316: {
        title: "The configuration is not valid",
        severity: "error",
        retryable: false,
        example: 'milvus:planFormat: "yaml" is none of text, json. Set one of these',
    },
    MV323: {
        title: "A replacement would start empty while the collection holds rows",
        severity: "error",
        retryable: false,
        example:
            "docs: docs_3fa9c1d of this resource holds 1,234 rows, and Pulumi asks for an empty collection. Leave out --replace",
    },
    MV324: {
        title: "Renamed and replaced at the same time",
        severity: "error",
        retryable: false,
        example:
            "docs: blocked; no changes made: it is shop/live/docs now and was shop/prod/docs, and at the same time it is to be replaced",
    },
    MV327: {
        title: "The run does not include the collection of an alias",
        severity: "error",
        retryable: false,
        example:
            "alias live: not moved, the run that copied docs_3fa9c1d to docs_ba4d643 was interrupted, and writes made since then can only be carried over when this run includes the collection",
    },
    MV333: {
        title: "The collection belongs to another program",
        severity: "error",
        retryable: false,
        example:
            "name: the collection docs belongs to shop/prod/docs. If another stack is to have it, remove it from shop/prod (`pulumi state delete` there), then run `pulumi up` here again",
    },
    MV334: {
        title: "The name belongs to the collection that is retained for a rollback",
        severity: "error",
        retryable: false,
        example:
            'name: the collection docs already exists; migration.keepPrevious retains it. Roll back to it with migration.rollback: "previous"',
    },
    MV335: {
        title: "The name was given to another collection during the migration",
        severity: "error",
        retryable: false,
        example:
            "name: docs is not the collection whose rows were copied, so it was not renamed. Choose another name",
    },
    MV344: {
        title: "The target of an alias is itself an alias",
        severity: "error",
        retryable: false,
        example: "collection: docs is itself an alias of docs_3fa9c1d. Give the collection's own name",
    },
    MV345: {
        title: "The new target of an alias is not loaded",
        severity: "error",
        retryable: false,
        example: "collection: docs_ba4d643 is not loaded, and readers of live would fail. Load it first",
    },
    MV346: {
        title: "This version cannot read the state",
        severity: "error",
        retryable: false,
        example:
            "the state of this Collection cannot be read by this version of pulumi-milvus. Install the version that wrote it, or a newer one",
    },
    MV347: {
        title: "The state names a resource that this version does not have",
        severity: "error",
        retryable: false,
        example:
            "pulumi-milvus has no resource Role. Install the version that wrote the state, or a newer one",
    },
    MV348: {
        title: "An unexpected error inside pulumi-milvus",
        severity: "error",
        retryable: false,
        example: "there is no row 17. This is a bug of pulumi-milvus. Report it with this message",
    },
    MV350: {
        title: "An alias would leave protected rows for an empty collection",
        severity: "error",
        retryable: false,
        example:
            "alias live: not moved, docs_3fa9c1d holds 1,234 rows and deletionProtection is set, and docs_51be0aa has none. If you renamed a resource, add its former name as `aliases` to its options",
    },
    MV351: {
        title: "An alias leaves rows for an empty collection",
        severity: "warning",
        retryable: false,
        example:
            "alias live: docs_3fa9c1d holds 1,234 rows, and the collection that the alias moves to has none",
    },
    MV352: {
        title: "Another stack wants to adopt a collection of this one",
        severity: "warning",
        retryable: false,
        example: "docs: search/prod/docs wanted to adopt docs_3fa9c1d, which this stack has, and is refused",
    },
    MV354: {
        title: "A call took longer than customTimeouts allows",
        severity: "error",
        retryable: true,
        example:
            "docs: not done within 600 s, as customTimeouts asks. What can be resumed is kept, and the next `pulumi up` resumes it. Raise the timeout, or remove it",
    },
    MV355: {
        title: "A call was cancelled",
        severity: "error",
        retryable: true,
        example: "docs: cancelled. What can be resumed is kept, and the next `pulumi up` resumes it",
    },
    MV356: {
        title: "The stack enforces a name that Milvus does not take",
        severity: "error",
        retryable: false,
        example:
            "name: pulumi:autonaming enforces shop-docs, and Milvus takes letters, digits and underscores alone. Change the pattern, or set name in the program",
    },
    MV357: {
        title: "The stack requires a name in the program",
        severity: "error",
        retryable: false,
        example: "name: is required, because pulumi:autonaming is disabled. Set it in the program",
    },
    MV360: {
        title: "The server at the address is no Milvus",
        severity: "error",
        retryable: true,
        example:
            "proxy.example:443: a server answers there, but it is no Milvus: it knows none of its calls. Set milvus:address to the gRPC port of Milvus",
    },
    MV361: {
        title: "The collection is not on the server that is configured now",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d is not on b.example:19530, where the stack's configuration points now: it was deployed to a.example:19530. Set the configuration back",
    },
    MV362: {
        title: "The configured server has changed under a deployed resource",
        severity: "warning",
        retryable: false,
        example:
            "docs: the stack's configuration points to b.example:19530 now, and pointed to a.example:19530 at the last `pulumi up`",
    },
    MV363: {
        title: "The program's folder does not have the package",
        severity: "error",
        retryable: false,
        example:
            "pulumi-milvus: the provider loads this package from the program's folder, and /srv/infra does not have it. Add pulumi-milvus to the dependencies of its package.json",
    },
    MV390: {
        title: "A change in place failed, and the collection does not serve as before",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: does not serve as before. To build index vector failed, and so did restoring the former indexes and load state. The next `pulumi up` restores it",
    },
} as const satisfies Record<`MV3${number}`, CodeEntry>;
