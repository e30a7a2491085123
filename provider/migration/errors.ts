/** Refusals and failures of a run; the docs' table is made from this one. */
export const codes = {
    MV399: {
        title: "A mistake of pulumi-milvus itself",
        example: "cutover: switch is not possible in the phase fenced. Report it with the whole output",
    },
    MV301: {
        title: "A collection of that name is there and is not ours",
        example:
            "name: a collection docs is there already and was not made by this program. Set adopt: true to manage it",
    },
    MV302: {
        title: "The name is an alias",
        example: "name: docs is an alias of docs_3fa9c1d. Choose another name, or drop the alias",
    },
    MV303: {
        title: "An adopted collection differs from the program",
        example:
            "docs differs from the program in fields. Declare it as it is on the server, and change it after that",
    },
    MV304: {
        title: "Aliases still point at the collection",
        example:
            "docs_3fa9c1d: not dropped, the alias live still points at it and is not part of this program",
    },
    MV305: {
        title: "Deletion is protected",
        example: "docs: not dropped, it holds 1234 rows and deletionProtection is set",
    },
    MV306: {
        title: "Delete before replace would lose the rows",
        example: "docs: deleteBeforeReplace would drop 1234 rows before they are copied. Remove that option",
    },
    MV307: {
        title: "The source of the rows is gone",
        example:
            "docs_3fa9c1d: the collection whose rows should move is gone. Run `pulumi refresh`, then `pulumi up`",
    },
    MV308: {
        title: "The copy differs from its source",
        example: "docs_ba4d643 is not a copy of docs_3fa9c1d: rows of the copy: 2 missing (17, 23)",
    },
    MV309: {
        title: "A row does not fit the new schema",
        example: "lang: the row with the key 42 holds NULL, and the new schema does not take it",
    },
    MV310: {
        title: "The alias points elsewhere",
        example: "name: the alias live is there already and points at pages. Set adopt: true to take it over",
    },
    MV311: {
        title: "The name of the alias is a collection",
        example: "name: live is a collection. Choose another name for the alias",
    },
    MV312: {
        title: "The target of an alias does not answer",
        example: "collection: docs_ba4d643 is not loaded, and readers of live would fail. Load it first",
    },
    MV313: {
        title: "The plan is refused",
        example: "docs: refused, nothing was touched; the errors of the plan follow",
    },
    MV314: {
        title: "The server has no aliases",
        example: "localhost:19530: milvus-lite before 3 has no aliases. Use the own name of the collection",
    },
    MV315: {
        title: "The hand-over stopped halfway",
        example:
            "docs: the old collection now goes by docs_old. Run `pulumi up` again and it gets its name back first",
    },
    MV316: {
        title: "The configuration cannot be read",
        example: 'milvus:planFormat: "yaml" is none of text, json. Set one of these',
    },
    MV317: {
        title: "Rows that no query answers",
        example: "docs: 1 rows are counted and answered by no query. Delete or re-key them: id > 41",
    },
    MV318: {
        title: "The transform module fails",
        example:
            "migration.transform: ./embed.js got 4 rows and returned 3 rows. Return one row for each, in their order",
    },
    MV319: {
        title: "The hashes of the rows cannot be kept",
        example:
            "/tmp/pulumi-milvus: the hashes of the rows cannot be kept: no space is left for it. Set TMPDIR to a larger folder",
    },
    MV320: {
        title: "The old collection is still written to",
        example:
            "docs_3fa9c1d: not dropped, 12 rows were written to it since docs_ba4d643 took over. Point its writers elsewhere",
    },
    MV321: {
        title: "Nobody can tell which writes are newer",
        example:
            "docs_3fa9c1d: not dropped, 3 rows differ from docs_ba4d643 (17, 23, 42), and the run that switched was cut",
    },
    MV323: {
        title: "An empty collection beside one with rows",
        example:
            "docs: docs_3fa9c1d of this resource holds 1234 rows, and Pulumi asks for an empty collection",
    },
    MV324: {
        title: "Renamed and replaced at the same time",
        example:
            "docs: refused, nothing was touched: it is shop/live/docs now and was shop/prod/docs, and is to be replaced",
    },
    MV325: {
        title: "The pause of writes before the switch would be too long",
        example:
            "docs_3fa9c1d: clients write to it, and the last pass before the switch takes 95 s; migration.maxWritePause is 30",
    },
    MV326: {
        title: "The migration before has not ended",
        example:
            "docs_3fa9c1d: the run that copied it to docs_ba4d643 ended before the alias live moved. Run `pulumi up` with the program of that run",
    },
    MV327: {
        title: "The run leaves out the collection of an alias",
        example:
            "alias live: not moved, the run that copied docs_3fa9c1d to docs_ba4d643 was cut, and what clients have written since can only be brought over where this run has the collection in it, too",
    },
    MV322: {
        title: "Another run is at work",
        example:
            "docs_ba4d643: another run copies to it, the process 4711 on ci-runner-7. Wait until it is done",
    },
} as const;

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
