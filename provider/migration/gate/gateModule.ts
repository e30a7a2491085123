import { pathToFileURL } from "node:url";

import { programFile } from "../../inputs/values/programFile";
import type { Key } from "../../wire";
import { RunError } from "../errors";
import { CALL_MS, inTime } from "../transform/inTime";

/** A hit as a module gets it; an Int64 key is a bigint. */
export interface JudgedHit {
    key: Key;
    /** As the server gives it. */
    score: number;
}

/** A query with the hits of both collections, the nearest first. */
export interface Judged {
    field: string;
    query: unknown;
    filter: string;
    topK: number;
    /** `about` of the query. */
    about: unknown;
    /** Undefined where the old collection was not asked. */
    old: JudgedHit[] | undefined;
    new: JudgedHit[];
}

export interface GateModule {
    queries?: () => Promise<unknown[]>;
    /** A score from 0 to 1 for each. */
    judge?: (results: Judged[]) => Promise<number[]>;
}

/** Errors: `MV431` if the module does not exist or exports neither function; `MV433` from its calls. */
export async function loadGateModule(module: string, ms = CALL_MS): Promise<GateModule> {
    let loaded: unknown;
    try {
        loaded = await import(pathToFileURL(programFile(module)).href);
    } catch (error) {
        throw new RunError(
            "MV431",
            `migration.gate.module: ${module} cannot be loaded (${(error as Error).message}). Give the path of a JavaScript module, relative to the program's folder or to that of Pulumi.yaml`,
        );
    }
    const queries = exported(loaded, "queries");
    const judge = exported(loaded, "judge");
    if (!queries && !judge)
        throw new RunError(
            "MV431",
            `migration.gate.module: ${module} exports no function \`queries\` and no function \`judge\`. Export one of them`,
        );
    const call = (name: string, run: () => unknown) => called(`${name} of ${module}`, run, ms);
    return {
        ...(queries && {
            queries: async () => {
                const given = await call("queries", queries);
                if (Array.isArray(given)) return given as unknown[];
                throw failed(
                    `queries of ${module}`,
                    `it returned ${kindOf(given)}. Return a list of queries`,
                );
            },
        }),
        ...(judge && {
            judge: async (results) => {
                const scores = await call("judge", () => judge(results));
                const fits = (score: unknown) => typeof score === "number" && score >= 0 && score <= 1;
                if (Array.isArray(scores) && scores.length === results.length && scores.every(fits))
                    return scores as number[];
                const wrong = Array.isArray(scores)
                    ? `${scores.length} values, ${scores.filter(fits).length} of them from 0 to 1`
                    : kindOf(scores);
                throw failed(
                    `judge of ${module}`,
                    `it got ${results.length} results and returned ${wrong}. Return a score from 0 to 1 for each`,
                );
            },
        }),
    };
}

/** A CommonJS module is in `default`; one compiled to CommonJS is in `default.default`. */
function exported(loaded: unknown, name: string): ((...given: unknown[]) => unknown) | undefined {
    for (let place = loaded, depth = 0; depth < 3; depth++) {
        const found = (place as Record<string, unknown> | undefined)?.[name];
        if (typeof found === "function") return found as (...given: unknown[]) => unknown;
        place = (place as { default?: unknown } | undefined)?.default;
    }
    return undefined;
}

async function called(what: string, run: () => unknown, ms: number): Promise<unknown> {
    try {
        return await inTime(Promise.resolve().then(run), ms);
    } catch (error) {
        throw failed(what, error instanceof Error ? error.message : String(error));
    }
}

function failed(what: string, reason: string): RunError {
    return new RunError(
        "MV433",
        `migration.gate.module: ${what} failed: ${reason}. The next \`pulumi up\` asks again without copying`,
    );
}

const kindOf = (value: unknown): string => (value === null ? "null" : typeof value);
