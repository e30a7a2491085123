import { refuse } from "../refusal";

/** A parsed filter. Source of the language: milvus docs, "Filtering Explained". */
export type Expression =
    | { kind: "literal"; value: string | number | bigint | boolean }
    | { kind: "list"; items: Expression[] }
    | { kind: "path"; field: string; keys: (string | number)[] }
    | { kind: "call"; name: string; argument: Expression }
    | { kind: "is-null"; of: Expression; not: boolean }
    /** Existence of a key in JSON. Source: milvus docs, "JSON Field". */
    | { kind: "exists"; of: Expression }
    | { kind: "not"; of: Expression }
    | { kind: "minus"; of: Expression }
    | { kind: "binary"; operator: Operator; left: Expression; right: Expression };

export type Operator = keyof typeof precedence;

/** Operator precedence. */
const precedence = {
    or: 1,
    and: 2,
    "==": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    in: 4,
    "not in": 4,
    like: 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
};

const token =
    /\s*(?:(?<number>\d+\.\d+(?:[eE][-+]?\d+)?|\d+)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<word>[A-Za-z_$]\w*)|(?<sign>&&|\|\||[=!<>]=|[-+*/%<>!()[\],]))/suy;

const synonyms: Partial<Record<string, string>> = { "&&": "and", "||": "or", "!": "not" };

interface Token {
    kind: "number" | "string" | "word" | "sign" | "end";
    text: string;
}

function tokens(filter: string): Token[] {
    const found: Token[] = [];
    token.lastIndex = 0;
    while (filter.slice(token.lastIndex).trim() !== "") {
        const at = token.lastIndex;
        const groups = token.exec(filter)?.groups;
        const entry = Object.entries(groups ?? {}).find(
            ([, text]) => (text as string | undefined) !== undefined,
        );
        if (!entry) refuse("invalid", `cannot parse expression: ${filter}, at ${at}`);
        const [kind, text] = entry as [Token["kind"], string];
        const word = kind === "word" && /^(and|or|not|in|like|is|null|true|false|exists)$/i.test(text);
        found.push({ kind, text: word ? text.toLowerCase() : (kind === "sign" && synonyms[text]) || text });
    }
    return [...found, { kind: "end", text: "" }];
}

/** Errors: syntax that the fake does not know is rejected as Milvus rejects unknown syntax. */
export function parse(filter: string): Expression {
    const all = tokens(filter);
    let at = 0;
    const fail = (): never =>
        refuse("invalid", `cannot parse expression: ${filter}, near ${all[at]!.text || "its end"}`);
    const accept = (text: string): boolean =>
        all[at]!.kind !== "string" && all[at]!.text === text && ++at > 0;
    const expect = (text: string): void => {
        if (!accept(text)) fail();
    };

    function binary(least: number): Expression {
        let left = unary();
        for (;;) {
            if (accept("is")) {
                const not = accept("not");
                expect("null");
                left = { kind: "is-null", of: left, not };
                continue;
            }
            const operator = all[at]!.text === "not" && all[at + 1]!.text === "in" ? "not in" : all[at]!.text;
            const binds = all[at]!.kind === "string" ? undefined : precedence[operator as Operator];
            if (binds === undefined || binds < least) return left;
            at += operator === "not in" ? 2 : 1;
            left = { kind: "binary", operator: operator as Operator, left, right: binary(binds + 1) };
        }
    }

    function unary(): Expression {
        if (accept("not")) return { kind: "not", of: binary(4) };
        if (accept("exists")) return { kind: "exists", of: unary() };
        if (accept("-")) return { kind: "minus", of: unary() };
        if (accept("(")) {
            const inner = binary(1);
            expect(")");
            return inner;
        }
        if (accept("[")) return { kind: "list", items: items("]") };
        const { kind, text } = all[at++]!;
        if (kind === "number")
            return { kind: "literal", value: /^\d+$/.test(text) ? BigInt(text) : Number(text) };
        if (kind === "string") return { kind: "literal", value: unescape(text) };
        if (kind !== "word") return (at--, fail());
        if (text === "true" || text === "false") return { kind: "literal", value: text === "true" };
        if (!accept("(")) return { kind: "path", field: text, keys: keys() };
        const argument = binary(1);
        expect(")");
        return { kind: "call", name: text.toLowerCase(), argument };
    }

    function items(end: string): Expression[] {
        const found: Expression[] = [];
        while (!accept(end)) {
            if (found.length > 0) expect(",");
            found.push(binary(1));
        }
        return found;
    }

    function keys(): (string | number)[] {
        const found: (string | number)[] = [];
        while (accept("[")) {
            const { kind, text } = all[at++]!;
            found.push(kind === "string" ? unescape(text) : Number(text));
            expect("]");
        }
        return found;
    }

    const expression = binary(1);
    return all[at]!.kind === "end" ? expression : fail();
}

/** Decodes a string's escapes: those of JSON, in single or double quotes. */
function unescape(quoted: string): string {
    const inner = quoted.slice(1, -1);
    const letters: Partial<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
    return inner.replace(/\\(.)/gsu, (_, letter: string) => letters[letter] ?? letter);
}
