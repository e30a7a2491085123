import { isAbsolute, resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { LineCounter, parseDocument } from "yaml";

import type { Path } from "../../provider/inputs/report/path";
import { CommandError } from "../errors";
import type { Io } from "../io";

/** A schema file, as it was read. */
export interface SchemaFile {
    /** For messages; `-` is the standard input. */
    name: string;
    value: unknown;
    /** `12:5`: the line and the column of a part; undefined for one that is not there. */
    placeOf: (path: Path) => string | undefined;
}

/** Reads a schema from a file, or from the standard input. Errors: `MV523`, `MV524`. */
export async function readSchema(io: Io, path: string): Promise<SchemaFile> {
    return parseSchema(path === "-" ? "standard input" : path, await contentOf(io, path));
}

async function contentOf(io: Io, path: string): Promise<string> {
    if (path === "-") return text(io.stdin);
    try {
        return await readFile(isAbsolute(path) ? path : resolve(io.folder, path), "utf8");
    } catch (error) {
        throw new CommandError(
            "MV523",
            `--schema: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}). Give a file that this user can read, or - for the standard input`,
        );
    }
}

/** JSON is YAML, too. Errors: `MV524`. */
export function parseSchema(name: string, content: string): SchemaFile {
    const lines = new LineCounter();
    // Tabs indent JSON, and YAML takes none.
    const isJson = /^\s*[[{]/.test(content);
    const document = parseDocument(isJson ? content.replaceAll("\t", " ") : content, {
        lineCounter: lines,
        intAsBigInt: true,
        prettyErrors: false,
        logLevel: "error",
    });
    const placeAt = (offset: number) => {
        const { line, col } = lines.linePos(offset);
        return `${line}:${col}`;
    };
    const [error] = document.errors;
    if (error)
        throw new CommandError(
            "MV524",
            `${name}:${placeAt(error.pos[0])}: ${error.message.replace(/\.?$/, "")}. Write JSON or YAML`,
        );
    return {
        name,
        value: plain(document.toJS()),
        placeOf: (path) => {
            const range = (document.getIn(path, true) as { range?: [number] } | undefined)?.range;
            return range && placeAt(range[0]);
        },
    };
}

/** Numbers as arguments hold them: an Int64 beyond 2^53 is a string of digits. */
function plain(value: unknown): unknown {
    if (typeof value === "bigint")
        return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
