import type { Capabilities, ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { carrySettings } from "../../plan/carry/carrySettings";
import { diffCollection } from "../../plan/diff/diff";
import type { ToldArgument } from "../../plan/render/argumentsOf";
import { declarationLines } from "../../plan/render/declaration";
import { differenceText } from "../../plan/render/differenceText";
import type { Props } from "../session/props";
import { asDeployed } from "./drift";

/** A declaration beside the collection on the server: the same question for `adopt`, refresh and drift. */
export interface Comparison {
    /** One line for each difference, with both values; empty where the server has what is declared. */
    differences: string[];
    /** Settings of the server that the declaration does not mention; they stay as they are. */
    kept: string[];
    /** The arguments that would be right, as TypeScript. */
    declaration: string[];
    /** Names of the arguments that differ. */
    changed: string[];
    /** The arguments that differ, as the server has them, for the state. */
    recorded: Props;
    /** Fields of the server that no program has declared. */
    undeclared: string[];
}

/** Arguments that somebody can change on the server behind the program's back. */
const watched = [
    "description",
    "fields",
    "functions",
    "enableDynamicField",
    "shardsNum",
    "numPartitions",
    "consistencyLevel",
    "properties",
    "partitions",
    "indexes",
    "load",
] as const satisfies readonly ToldArgument[];

export function compareCollection(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Comparison {
    const server = asDeployed(declared, observed, capabilities);
    const changes = diffCollection(declared, server).filter(({ kind }) => kind !== "state-only");
    const { wanted, kept } = carrySettings(server, server, observed);
    const { changed, recorded } = recordedAs(declared, server);
    const names = new Set(declared.fields.map(({ name }) => name));
    return {
        differences: changes.map((change) => differenceText(change, { program: declared, server })),
        kept,
        declaration: declarationLines(wanted, new Set(changed)),
        changed,
        recorded: changes.length === 0 ? {} : recorded,
        undeclared: server.fields.map(({ name }) => name).filter((name) => !names.has(name)),
    };
}

/** The arguments that differ from a declaration, as the state records them. */
export function recordedAs(
    declared: Collection,
    there: Collection,
): { changed: (typeof watched)[number][]; recorded: Props } {
    const changed = watched.filter(
        (argument) => JSON.stringify(declared[argument]) !== JSON.stringify(there[argument]),
    );
    // Spelled out, for an index that nobody declared is implied by `load` alone.
    const recorded = [...new Set([...changed, "indexes" as const])];
    return {
        changed,
        recorded: Object.fromEntries(recorded.map((argument) => [argument, asArgument(there[argument])])),
    };
}

/** The lines that a person reads about a comparison. */
export function comparisonText({ differences, kept, declaration }: Comparison): string[] {
    return [
        ...differences.map((line) => `  ${line}`),
        ...(kept.length > 0 ? [`  not in the program, kept: ${kept.join(", ")}`] : []),
        ...(declaration.length > 0
            ? ["  to keep what is on the server, declare:", ...declaration.map((line) => `    ${line}`)]
            : []),
    ];
}

/** A normalised value as a program would write it: without what is left at its default. */
function asArgument(value: unknown): unknown {
    // `load` in its argument form: false stands for a collection that is not loaded.
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.map(asArgument);
    if (typeof value !== "object" || value === null) return value;
    const set = Object.entries(value).filter(
        ([key, part]) => part !== undefined && (part !== false || key === "mmap") && part !== "",
    );
    return Object.fromEntries(set);
}
