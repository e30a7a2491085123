import type { CodeEntry } from "../inputs/report/code";
import { MilvusError, codes as serverCodes } from "../milvus/transport/errors";

/** The errors of a run. `npm run docs` generates the table in docs/findings.md from it. */
export const codes = {
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
        severity: "error",
        retryable: false,
        example:
            "docs differs from the program in fields. Declare it as it is on the server, run `pulumi up`, and change it after that",
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
        example:
            "docs: not dropped, it holds 1234 rows and deletionProtection is set. Set it to false and run `pulumi up` first",
    },
    MV306: {
        title: "Delete before replace would lose the rows",
        severity: "error",
        retryable: false,
        example: "docs: deleteBeforeReplace would drop 1234 rows before they are copied. Remove that option",
    },
    MV307: {
        title: "The collection of this resource no longer exists",
        severity: "error",
        retryable: false,
        example: "docs_3fa9c1d: the collection is gone. Run `pulumi refresh`, then `pulumi up`",
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
        example: "lang: the row with the key 42 holds NULL, which the new schema does not accept",
    },
    MV310: {
        title: "The alias points at another collection",
        severity: "error",
        retryable: false,
        example: "name: the alias live is there already and points at pages. Set adopt: true to take it over",
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
    MV315: {
        title: "The swap of names was interrupted",
        severity: "error",
        retryable: true,
        example:
            "docs: the old collection may be named docs_old now. No rows are lost. Run `pulumi up` again, which restores the name first",
    },
    MV316: {
        title: "The configuration is not valid",
        severity: "error",
        retryable: false,
        example: 'milvus:planFormat: "yaml" is none of text, json. Set one of these',
    },
    MV317: {
        title: "Rows are counted but returned by no query",
        severity: "error",
        retryable: false,
        example: "docs: 1 rows are counted but returned by no query. Delete or re-key them: id > 41",
    },
    MV318: {
        title: "The transform module fails",
        severity: "error",
        retryable: true,
        example: "migration.transform: ./embed.js failed 3 times: quota exceeded",
    },
    MV319: {
        title: "The row hashes cannot be stored",
        severity: "error",
        retryable: true,
        example:
            "/tmp/pulumi-milvus: the row hashes cannot be stored: no space is left on the disk. Set TMPDIR to a larger folder",
    },
    MV320: {
        title: "Clients still write to the old collection",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: not dropped, 12 rows were written to it during the last pass, long after the switch to docs_ba4d643. Point the writers to docs_ba4d643 or its alias",
    },
    MV321: {
        title: "Rows of the old collection differ from the new one after an interrupted run",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: not dropped, its rows differ from docs_ba4d643: 3 missing (17, 23, 42). The run that switched was interrupted before its last pass",
    },
    MV322: {
        title: "Another run is active",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: locked by another run (process 4711 on ci-runner-7). Wait until that run finishes",
    },
    MV323: {
        title: "A replacement would start empty while the collection holds rows",
        severity: "error",
        retryable: false,
        example:
            "docs: docs_3fa9c1d of this resource holds 1234 rows, and Pulumi asks for an empty collection. Leave out --replace",
    },
    MV324: {
        title: "Renamed and replaced at the same time",
        severity: "error",
        retryable: false,
        example:
            "docs: blocked; no changes made: it is shop/live/docs now and was shop/prod/docs, and at the same time it is to be replaced",
    },
    MV325: {
        title: "The write pause before the switch would be too long",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: clients write to it, and the final pass before the switch takes 95 s; migration.maxWritePause is 30",
    },
    MV326: {
        title: "The previous migration has not finished",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: the run that copied it to docs_ba4d643 ended before the alias live moved. Run `pulumi up` with the program of that run until it succeeds",
    },
    MV327: {
        title: "The run does not include the collection of an alias",
        severity: "error",
        retryable: false,
        example:
            "alias live: not moved, the run that copied docs_3fa9c1d to docs_ba4d643 was interrupted, and writes made since then can only be carried over when this run includes the collection",
    },
    MV328: {
        title: "An interrupted run replaced the collection, and the state does not record it",
        severity: "error",
        retryable: false,
        example:
            "docs: an interrupted run put a new collection in its place before Pulumi recorded it. Put the program back to that run's schema and run `pulumi up`; then change it again",
    },
    MV329: {
        title: "The server answers for a collection that it does not list",
        severity: "error",
        retryable: true,
        example:
            "docs: the server answers for this collection but does not list it. Restart the server and run `pulumi up` again",
    },
    MV330: {
        title: "A copy is in service, and the state does not record it",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: took over the rows of generation 3fa9c1d and serves the alias live, but the state does not know it. Restore the state of the run that created it (`pulumi stack import`)",
    },
    MV331: {
        title: "The collection may keep refusing writes",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: may keep refusing writes, because the server failed. Run `pulumi refresh` when the server is back",
    },
    MV332: {
        title: "Another run took over the copy",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: another run took over the copy (process 4711 on ci-runner-7). This run stops. Wait until the other run finishes",
    },
    MV333: {
        title: "The collection belongs to another program",
        severity: "error",
        retryable: false,
        example:
            "name: the collection docs belongs to shop/prod/docs. Remove it there first (`pulumi state delete`), then adopt it",
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
    MV336: {
        title: "The source counts rows that were not copied",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: counts 12 rows, of which 9 were copied and 2 are older versions of a key. Pause the writers and run `pulumi up` again",
    },
    MV337: {
        title: "The copy does not store a row as it was written",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643 is not a copy of docs_3fa9c1d: the row with the key 42 still differs after it was written again",
    },
    MV338: {
        title: "The transform module cannot be loaded",
        severity: "error",
        retryable: true,
        example:
            "migration.transform: ./embed.js cannot be loaded. Give the path of a JavaScript module, relative to the program's folder",
    },
    MV339: {
        title: "The transform module returned rows that do not fit",
        severity: "error",
        retryable: true,
        example:
            "migration.transform: ./embed.js got 4 rows and returned 3 rows. Return one row for each input row, in the same order",
    },
    MV340: {
        title: "Other users have access to the folder of the row hashes",
        severity: "error",
        retryable: true,
        example:
            "/tmp/pulumi-milvus-1000: belongs to another user, or others may read it, so the row hashes are not stored there. Remove it, or set TMPDIR to a folder of your own",
    },
    MV341: {
        title: 'Clients wrote to the old collection, though migration.writes is "paused"',
        severity: "error",
        retryable: false,
        example:
            'docs_3fa9c1d: not dropped. It holds 1012 rows and held 1000 when it was copied, though migration.writes is "paused"',
    },
    MV342: {
        title: "It is unknown whether all rows of the old collection were carried over",
        severity: "error",
        retryable: false,
        example:
            "docs_3fa9c1d: not dropped, it is unknown whether all its rows were carried over: the collection that took its rows over is gone",
    },
    MV343: {
        title: "Rows were written after an interrupted run, and this migration does not carry over writes",
        severity: "error",
        retryable: true,
        example:
            "alias live: not moved, rows of docs_3fa9c1d differ from docs_ba4d643: 2 missing (17, 23). Copy them to docs_ba4d643 by hand",
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
} as const satisfies Record<`MV3${number}`, CodeEntry>;

export type RunCode = keyof typeof codes;

/** An error of a run. The message names the place first, then what happened and what to do; the code follows it. */
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
 * Whether the same command, run again, resumes where this error stopped it. The tables of codes decide. Errors of the
 * network, the server, the disk, or the service that a transform calls leave the copy intact. A server error of unknown
 * cause (no memory for a load, a quota) counts as retryable: another attempt costs a moment, a new copy costs hours.
 */
export function isRetryable(error: unknown): boolean {
    if (error instanceof RunError) return codes[error.code].retryable;
    return error instanceof MilvusError && serverCodes[error.code].retryable;
}
