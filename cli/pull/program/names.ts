/** The longest name that stays readable, and that leaves room in a line of 80 letters. */
const longest = 40;

/** Names of one namespace, each given once. */
export class Names {
    private readonly taken: Set<string>;

    constructor(reserved: Iterable<string>) {
        this.taken = new Set(reserved);
    }

    /** The first of these that is free; where none is, the last one with a number. */
    take(...candidates: readonly string[]): string {
        const last = candidates.at(-1)!;
        let name = candidates.find((one) => !this.taken.has(one));
        for (let number = 2; name === undefined; number++) {
            const numbered = `${last}${/\d$/.test(last) ? "_" : ""}${number}`;
            if (!this.taken.has(numbered)) name = numbered;
        }
        this.taken.add(name);
        return name;
    }
}

/** A variable of programs in YAML that holds no text: before a key, it keeps Pulumi from reading the key as a call. */
export const emptyText = "emptyText";

/** Names that a program in YAML cannot give a resource. */
export const reservedNames = ["pulumi", emptyText];

/** Words, joined as a logical name: `reader`, `docs` → `reader_docs`. A long name keeps its beginning and its end. */
export function logicalName(...words: readonly string[]): string {
    const text = words.join("_").replace(/[^A-Za-z0-9_]+/g, "_");
    return text.length <= 2 * longest ? text : `${text.slice(0, longest)}__${text.slice(-longest + 2)}`;
}

/** What a program in TypeScript calls it: `my_docs` → `myDocs`. `kind` comes before a name that begins with a digit. */
export function identifierOf(name: string, kind: string): string {
    const [first = "", ...others] = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const head = /[a-z]/.test(first) ? lowered(first) : first.toLowerCase();
    const text = [head, ...others.map(raised)].join("");
    const valid = /^[a-z]/.test(text) ? text : lowered(kind) + text;
    return valid.slice(0, longest);
}

const raised = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const lowered = (word: string): string => word[0]!.toLowerCase() + word.slice(1);

/** Names that a module in TypeScript cannot declare, has already, or would hide: keywords, globals of Node, and the imports. */
export const reservedIdentifiers: readonly string[] = [
    ["pulumi", "milvus", "config"],
    ["break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else"],
    ["enum", "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof"],
    ["new", "null", "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void"],
    ["while", "with", "yield", "await", "let", "static", "implements", "interface", "package", "private"],
    ["protected", "public", "arguments", "eval", "undefined", "async", "of", "as", "type", "abstract", "any"],
    ["require", "exports", "module", "process", "global", "globalThis", "console", "object", "promise"],
].flat();
