/** Blocks of output that no test writes, each with the reason. The key is the page and the name of the block. */
export const notMade: Readonly<Record<string, string>> = {
    "docs/languages.md diff":
        "printed by Pulumi: test/e2e/languages looks for its lines of change in each language",
};

/** Languages that no test reads here, each with the reason. */
export const notRead: Readonly<Record<string, string>> = {
    csharp: "there is no .NET here: the workflow of the SDKs has it",
    java: "there is no Java here: the workflow of the SDKs has it",
};
