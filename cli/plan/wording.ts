/** Arguments of a migration that are options of the command. */
const options: Readonly<Record<string, string>> = {
    allow: "--allow",
    backfill: "--backfill",
    batchBytes: "--batch-size",
    grace: "--grace",
    indexes: "--indexes",
    keepPrevious: "--keep-previous",
    maxRowsPerSecond: "--max-rows-per-second",
    maxWritePause: "--max-write-pause",
    moveToDynamicField: "--move-to-dynamic-field",
    primaryKeys: "--primary-keys",
    transform: "--transform",
    verify: "--verify",
    writes: "--writes",
};

/** Arguments of the gate that are options of the command. */
const gateOptions: Readonly<Record<string, string>> = {
    queries: "--gate",
    module: "--gate-module",
    minRecall: "--min-recall",
    maxLatencyRatio: "--max-latency-ratio",
    searchParams: "--search-params",
};

/** The commands of Pulumi, and what does the same here. The longest come first. */
const commands: readonly (readonly [RegExp, string])[] = [
    [/\b(t)he next `pulumi up`/gi, "$1he same command, run again,"],
    [/run `pulumi up` again/g, "run the same command again"],
    [/`pulumi up --(?:target-)?replace`/g, "`pulumi-milvus alter`"],
    [/`pulumi (?:up|refresh)`/g, "`pulumi-milvus alter`"],
    [/`pulumi preview(?: --diff)?`/g, "`pulumi-milvus plan`"],
    [/`pulumi destroy`/g, "`pulumi-milvus abort`"],
    [/\b(from|in|of) the program\b/g, "$1 the schema"],
    [
        /Aliases of this program are moved\. Move any others yourself\./g,
        "They go on with the collection that serves.",
    ],
    [/with another program\b/g, "with another schema"],
    [/`?migration\.keepPrevious\.for`?/g, "--keep-for"],
    [/`?migration\.rollback: "previous"`?/g, "`pulumi-milvus rollback`"],
    [/migration: \{ (\w+): (.+?) \}/g, "migration.$1: $2"],
    [/set migration\.(\w+) to "([\w-]+)"/g, 'set migration.$1: "$2"'],
];

/**
 * A line of the core in the words of `alter`: the core speaks to users of Pulumi, whose program has arguments where the
 * command has options.
 */
export function inWordsOfAlter(line: string): string {
    const own = line.replace(/\bmigration\.gate(?:\.(\w+))?/g, (all, name?: string) =>
        name === undefined ? "--gate" : (gateOptions[name] ?? all),
    );
    const said = commands.reduce((text, [theirs, ours]) => text.replace(theirs, ours), own);
    return said.replace(argument, (all, name: string, word?: string, list?: string, value?: string) => {
        const option = options[name];
        if (option === undefined) return all;
        if (list !== undefined)
            return quotedIn(list)
                .map((one) => `${option} '${one}'`)
                .join(" ");
        const given = word ?? (value === "true" ? undefined : value);
        return given === undefined ? option : `${option} ${given}`;
    });
}

/** `migration.writes`, and its value where one follows: a word, a list of texts, a number or true. */
const argument =
    /migration\.(\w+)(?:: (?:"([\w-]+)"|\[((?:"[^"]*"(?:, )?)+)\]|(\d+|true)(?=[\s.,;)\]]|$)))?/g;

const quotedIn = (list: string): string[] => [...list.matchAll(/"([^"]*)"/g)].map(([, text]) => text!);
