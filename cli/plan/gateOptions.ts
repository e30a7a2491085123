import { resolve } from "node:path";

import { type Command, InvalidArgumentError, Option } from "commander";

import type { Props } from "../../provider/resource/session/props";
import type { Io } from "../io";

/** What a command is told about the queries that are asked before clients are switched. */
export interface GateOptions {
    gate?: string | true;
    gateModule?: string;
    minRecall?: number;
    maxLatencyRatio?: number;
    searchParams?: object;
}

const group = "Gate options:";

export function addGateOptions(command: Command): Command {
    const add = (flags: string, meaning: string) => {
        const option = new Option(flags, meaning).helpGroup(group);
        command.addOption(option);
        return option;
    };
    add(
        "--gate [queries]",
        "ask both collections before clients are switched: a number of rows as queries, or a file of queries (default: 100)",
    );
    add("--gate-module <file>", "a JavaScript module that gives the queries, or judges the hits");
    add("--min-recall <share>", "the least recall, from 0 to 1 (default: 0.95)").argParser(amount);
    add(
        "--max-latency-ratio <times>",
        "the most that the new p95 may be of the old one (default: no limit)",
    ).argParser(amount);
    add("--search-params <json>", 'of the searches, by vector field: {"vector":{"ef":64}}').argParser(object);
    return command;
}

/** `migration.gate` as the options set it; undefined where none does. */
export function gateOf(io: Io, options: GateOptions): Props | undefined {
    const { gate, gateModule, minRecall, maxLatencyRatio, searchParams } = options;
    const given = {
        queries: typeof gate === "string" ? queriesOf(io, gate) : undefined,
        module: gateModule && resolve(io.folder, gateModule),
        minRecall,
        maxLatencyRatio,
        searchParams,
    };
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    return gate === undefined && set.length === 0 ? undefined : Object.fromEntries(set);
}

const queriesOf = (io: Io, text: string): number | string =>
    /^\d+$/.test(text) ? Number(text) : resolve(io.folder, text);

function amount(text: string): number {
    const value = Number(text);
    if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("Give a number from 0 on.");
    return value;
}

function object(text: string): object {
    try {
        const value: unknown = JSON.parse(text);
        if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    } catch {
        // Refused below.
    }
    throw new InvalidArgumentError('Give a JSON object, as {"vector":{"ef":64}}.');
}
