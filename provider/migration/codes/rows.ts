import type { CodeEntry } from "../../inputs/report/code";

/** The rows: their copy, its proof, the cutover and what an interrupted run left. */
export const rows = {
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
    MV349: {
        title: "The work order of a detached migration does not fit into a property",
        severity: "error",
        retryable: false,
        example:
            "docs: the work order is larger than 64 KiB, which a property of a collection holds. No changes made. Omit migration.detach: `pulumi up` then copies the rows",
    },
    MV358: {
        title: "A worker has switched, and the program has changed since",
        severity: "error",
        retryable: false,
        example:
            "docs: a worker has switched to docs_ba4d643, which the state does not have yet, and the program declares something else. No changes made. Run `pulumi refresh`, which records docs_ba4d643, then `pulumi up`",
    },
    MV315: {
        title: "The swap of names was interrupted",
        severity: "error",
        retryable: true,
        example:
            "docs: the old collection may be named docs_old now. No rows are lost. Run `pulumi up` again, which restores the name first",
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
        title: "Another run took over the copy, or an operator dropped it",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: another run took over the copy (process 4711 on ci-runner-7). This run stops. Wait until the other run finishes",
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
            "migration.transform: ./embed.js cannot be loaded. Give the path of a JavaScript module, relative to the program's folder or to that of Pulumi.yaml",
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
    MV396: {
        title: "The transform module changed during the migration",
        severity: "error",
        retryable: true,
        example:
            "migration.transform: ./embed.js is not the module that computed the rows of the copy, and rows were written since then. Put that version of the module back",
    },
    MV397: {
        title: "It is unknown whether rows were inserted under new keys",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: an interrupted run may have inserted 2 rows of docs_3fa9c1d (17, 23), and the values are those of 3 rows. Both collections are kept",
    },
    MV341: {
        title: 'Clients wrote to the old collection, though migration.writes is "paused"',
        severity: "error",
        retryable: false,
        example:
            'docs_3fa9c1d: not dropped. It holds 1,012 rows and held 1,000 when it was copied, though migration.writes is "paused"',
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
} as const satisfies Record<`MV3${number}`, CodeEntry>;
