import { readFile } from "node:fs/promises";

import { programFile } from "../../inputs/values/programFile";
import { RunError } from "../errors";

/** The queries of a file: a JSON list, or one query on each line (JSON Lines). Errors: `MV431`, `MV432`. */
export async function readQueryFile(path: string): Promise<unknown[]> {
    let text: string;
    try {
        text = await readFile(programFile(path), "utf8");
    } catch (error) {
        const { code = (error as Error).message } = error as NodeJS.ErrnoException;
        throw new RunError(
            "MV431",
            `migration.gate.queries: ${path} cannot be read (${code}). Give the path of a JSON file, relative to the program's folder or to that of Pulumi.yaml`,
        );
    }
    const whole = parsed(text);
    // A single vector is a list, too: as a file of one line it has one query.
    const isVector =
        Array.isArray(whole) && whole.length > 0 && whole.every((one) => typeof one === "number");
    if (Array.isArray(whole) && !isVector) return whole as unknown[];
    return text.split("\n").flatMap((line, at) => {
        if (line.trim() === "") return [];
        const query = parsed(line);
        if (query !== undefined) return [query];
        throw new RunError(
            "MV432",
            `migration.gate.queries: ${path}, line ${at + 1}: it is no JSON. Write a list of queries, or one query on each line`,
        );
    });
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
