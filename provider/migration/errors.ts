import type { CodeEntry } from "../inputs/report/code";
import { MilvusError, codes as serverCodes } from "../milvus/errors";

/** Refusals and failures of a run; the docs' table is made from this one. */
export const codes = {
    MV301: {
        title: "The name is taken by a collection that this program did not make",
        severity: "error",
        retryable: false,
        example:
            "name: a collection docs is there already and was not made by this program. Set adopt: true to manage it",
    },
    MV302: {
        title: "The name is an alias",
        severity: "error",
        retryable: false,
        example: "name: docs is an alias of docs_3fa9c1d. Choose another name, or drop the alias",
    },
    MV303: {
        title: "An adopted collection differs from the program",
        severity: "error",
        retryable: false,
        example:
            "docs differs from the program in fields. Declare it as it is on the server, and change it after that",
    },
    MV304: {
        title: "Aliases still point at the collection",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: not dropped, the alias live still points at it and is not part of this program",
    },
    MV305: {
        title: "Deletion is protected",
        severity: "error",
        retryable: false,
        example: "docs: not dropped, it holds 1234 rows and deletionProtection is set",
    },
    MV306: {
        title: "Delete before replace would lose the rows",
        severity: "error",
        retryable: false,
        example: "docs: deleteBeforeReplace would drop 1234 rows before they are copied. Remove that option",
    },
    MV307: {
        title: "The collection of this resource is gone",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: the collection whose rows should move is gone. Run `pulumi refresh`, then `pulumi up`",
    },
    MV308: {
        title: "The copy differs from its source",
        severity: "error",
        retryable: false,
        example: "docs_ba4d643 is not a copy of docs_3fa9c1d: rows of the copy: 2 missing (17, 23)",
    },
    MV309: {
        title: "A row does not fit the new schema",
        severity: "error",
        retryable: false,
        example: "lang: the row with the key 42 holds NULL, and the new schema does not take it",
    },
    MV310: {
        title: "The alias points elsewhere",
        severity: "error",
        retryable: false,
        example: "name: the alias live is there already and points at pages. Set adopt: true to take it over",
    },
    MV311: {
        title: "The name of the alias is a collection",
        severity: "error",
        retryable: false,
        example: "name: live is a collection. Choose another name for the alias",
    },
    MV312: {
        title: "The collection of an alias is not on the server",
        severity: "error",
        retryable: false,
        example:
            "collection: there is no collection docs_ba4d643. Create it first, or pass `collectionName` of a Collection",
    },
    MV313: {
        title: "The plan is refused",
        severity: "error",
        retryable: false,
        example: "docs: refused, nothing was touched; the errors of the plan follow",
    },
    MV314: {
        title: "The server has no aliases",
        severity: "error",
        retryable: false,
        example: "localhost:19530: milvus-lite before 3 has no aliases. Use the own name of the collection",
    },
    MV315: {
        title: "The swap of names stopped halfway",
        severity: "error",
        retryable: true,
        example:
            "docs: the old collection may go by docs_old now. Its rows are all there; run `pulumi up` again and it gets its name back first",
    },
    MV316: {
        title: "The configuration cannot be read",
        severity: "error",
        retryable: false,
        example: 'milvus:planFormat: "yaml" is none of text, json. Set one of these',
    },
    MV317: {
        title: "Rows that no query answers",
        severity: "error",
        retryable: false,
        example: "docs: 1 rows are counted and answered by no query. Delete or re-key them: id > 41",
    },
    MV318: {
        title: "The transform module fails",
        severity: "error",
        retryable: true,
        example: "migration.transform: ./embed.js failed 3 times: no quota is left",
    },
    MV319: {
        title: "The hashes of the rows cannot be kept",
        severity: "error",
        retryable: true,
        example:
            "/tmp/pulumi-milvus: the hashes of the rows cannot be kept: no space is left for it. Set TMPDIR to a larger folder",
    },
    MV320: {
        title: "The old collection is still written to",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: not dropped, 12 rows were written to it during the last pass, long after docs_ba4d643 took over. Point its writers elsewhere",
    },
    MV321: {
        title: "Rows of the old collection differ from the new one after an interrupted run",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: not dropped, 3 rows differ from docs_ba4d643 (17, 23, 42), and the run that switched was cut",
    },
    MV322: {
        title: "Another run is at work",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: another run copies to it, the process 4711 on ci-runner-7. Wait until it is done",
    },
    MV323: {
        title: "An empty collection beside one with rows",
        severity: "error",
        retryable: false,
        example:
            "docs: docs_3fa9c1d of this resource holds 1234 rows, and Pulumi asks for an empty collection",
    },
    MV324: {
        title: "Renamed and replaced at the same time",
        severity: "error",
        retryable: false,
        example:
            "docs: refused, nothing was touched: it is shop/live/docs now and was shop/prod/docs, and is to be replaced",
    },
    MV325: {
        title: "The pause of writes before the switch would be too long",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: clients write to it, and the last pass before the switch takes 95 s; migration.maxWritePause is 30",
    },
    MV326: {
        title: "The migration before has not ended",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: the run that copied it to docs_ba4d643 ended before the alias live moved. Run `pulumi up` with the program of that run",
    },
    MV327: {
        title: "The run leaves out the collection of an alias",
        severity: "error",
        retryable: false,
        example:
            "alias live: not moved, the run that copied docs_3fa9c1d to docs_ba4d643 was cut, and what clients have written since can only be brought over where this run has the collection in it, too",
    },
    MV328: {
        title: "An interrupted run has replaced the collection, and the state does not tell",
        severity: "error",
        retryable: false,
        example:
            "docs: an interrupted run has put a new collection in its place, and the state does not tell. Run `pulumi up` with the program of that run; then change it again",
    },
    MV329: {
        title: "The server answers for a name that it does not list",
        severity: "error",
        retryable: true,
        example:
            "docs: the server answers for it and does not list it. Restart the server and run `pulumi up` again",
    },
    MV330: {
        title: "A copy is in service, and the state does not tell",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: took over the rows of generation 3fa9c1d and serves by the alias live, and the state does not tell",
    },
    MV331: {
        title: "The collection may refuse writes for longer than the switch",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: may refuse writes for longer than the switch. Run `pulumi refresh` when the server is back",
    },
    MV332: {
        title: "Another run has taken over the copy of this one",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: another run has taken it over from this one, the process 4711 on ci-runner-7. Wait until it is done",
    },
    MV333: {
        title: "The collection belongs to another program",
        severity: "error",
        retryable: false,
        example:
            "name: the collection docs belongs to shop/prod/docs. Remove it there first (`pulumi state delete`), then adopt it",
    },
    MV334: {
        title: "The name is that of the collection that is kept for a rollback",
        severity: "error",
        retryable: false,
        example:
            'name: the collection docs is there already, kept by migration.keepPrevious. Go back to it with migration.rollback: "previous"',
    },
    MV335: {
        title: "The name was given to another collection during the migration",
        severity: "error",
        retryable: false,
        example:
            "name: docs is not the collection whose rows were copied, and keeps its name. Choose another name",
    },
    MV336: {
        title: "The source counts rows that were not copied",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: counts 12 rows, of which 9 were copied and 2 are older versions of a key. Pause its writers and run `pulumi up` again",
    },
    MV337: {
        title: "The copy does not keep a row as it was written",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643 is not a copy of docs_3fa9c1d: the row with the key 42 differs again after it was written again",
    },
    MV338: {
        title: "The transform module cannot be loaded",
        severity: "error",
        retryable: true,
        example:
            "migration.transform: ./embed.js cannot be loaded. Give the path of a JavaScript module, from the program's folder",
    },
    MV339: {
        title: "The transform module returns what does not fit",
        severity: "error",
        retryable: true,
        example:
            "migration.transform: ./embed.js got 4 rows and returned 3 rows. Return one row for each, in their order",
    },
    MV340: {
        title: "The folder of the row hashes is open to other users",
        severity: "error",
        retryable: true,
        example:
            "/tmp/pulumi-milvus-1000: belongs to another user, or others may read it. Remove it, or set TMPDIR to a folder of your own",
    },
    MV341: {
        title: "The old collection was written to though its writers were to be paused",
        severity: "error",
        retryable: false,
        example:
            'docs_3fa9c1d: not dropped, it counts 1012 rows and 1000 when it was copied, though migration.writes is "paused"',
    },
    MV342: {
        title: "It is unknown whether all rows of the old collection were carried over",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: not dropped, it is unknown whether all its rows were carried over: the collection that took its rows over is gone",
    },
    MV343: {
        title: "Rows were written after an interrupted run, and the migration does not carry them over",
        severity: "error",
        retryable: true,
        example:
            "alias live: not moved, rows of docs_3fa9c1d differ from docs_ba4d643: 2 missing (17, 23). Write them to docs_ba4d643 by hand",
    },
    MV344: {
        title: "The target of an alias is an alias itself",
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
        title: "The state cannot be read by this version",
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
        title: "An error that pulumi-milvus does not expect",
        severity: "error",
        retryable: false,
        example: "there is no row 17. This is a bug of pulumi-milvus. Report it with this message",
    },
} as const satisfies Record<`MV3${number}`, CodeEntry>;

export type RunCode = keyof typeof codes;

/** A refusal in the words of a person: where, what, what to do. */
export class RunError extends Error {
    constructor(
        readonly code: RunCode,
        message: string,
    ) {
        super(`${message} [${code}]`);
        this.name = "RunError";
    }
}

/**
 * Whether the same command, run again, resumes where this error stopped it, by the tables: troubles of the network, the
 * server, the disk, or the service that a transform asks leave the copy as good as it was. What a server refuses for a
 * reason that is not known here (no memory for a load, a quota) counts as such: a further try costs a moment, a new copy
 * hours.
 */
export function isRetryable(error: unknown): boolean {
    if (error instanceof RunError) return codes[error.code].retryable;
    return error instanceof MilvusError && serverCodes[error.code].retryable;
}
