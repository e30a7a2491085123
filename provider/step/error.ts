/** Refusals and failures of a run; the docs' table is made from this one. */
export const codes = {
    MV301: { title: "A collection of that name is there and is not ours" },
    MV302: { title: "The name is an alias" },
    MV303: { title: "An adopted collection differs from the program" },
    MV304: { title: "Aliases still point at the collection" },
    MV305: { title: "Deletion is protected" },
    MV306: { title: "Delete before replace would lose the rows" },
    MV307: { title: "The source of the rows is gone" },
    MV308: { title: "The copy differs from its source" },
    MV309: { title: "A row does not fit the new schema" },
    MV310: { title: "The alias points elsewhere" },
    MV311: { title: "The name of the alias is a collection" },
    MV312: { title: "The target of an alias does not answer" },
    MV313: { title: "The plan is refused" },
    MV314: { title: "The server has no aliases" },
    MV315: { title: "The hand-over stopped halfway" },
    MV316: { title: "The configuration of the connection cannot be read" },
    MV317: { title: "Rows that no query answers" },
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
