import type { CommandText } from "../command";

/** The usage is the name of the command and its arguments. */
export const texts = {
    list: {
        usage: "list",
        summary: "list the aliases of a database",
        description:
            "Lists each alias with its collection, whether it is protected, and whose the collection is.",
        examples: [["aliases list --database tenants", "the aliases of one database"]],
    },
    describe: {
        usage: "describe <alias>",
        summary: "show where an alias points",
        description: "Shows the collection of an alias, whose it is, and whether it is protected.",
        examples: [["aliases describe docs", "where docs points"]],
    },
    create: {
        usage: "create <alias> <collection>",
        summary: "create an alias",
        description: "Creates an alias of a collection. One that points there already stays as it is.",
        examples: [["aliases create docs docs_v1", "let docs point at docs_v1"]],
    },
    switch: {
        usage: "switch <alias> <collection>",
        summary: "move an alias to another collection, in one step",
        description:
            "Moves an alias in one atomic step. It is not moved to a collection that is not loaded, nor where a migration has to carry writes over first; a protected one is not moved to an empty collection.",
        examples: [["aliases switch docs docs_v2", "let docs point at docs_v2"]],
    },
    drop: {
        usage: "drop <alias>",
        summary: "drop an alias",
        description:
            "Drops an alias, after a question, with what roles are granted on its name. One that is protected stays.",
        examples: [["aliases drop docs --yes", "drop docs without a question"]],
    },
} as const satisfies Record<string, CommandText & { usage: string }>;
