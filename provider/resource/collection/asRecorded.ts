import type { Collection } from "../../inputs/schema/collection";
import type { Props } from "../session/props";

/** Arguments that somebody can change on the server behind the program's back. */
const watched = [
    "description",
    "fields",
    "functions",
    "enableDynamicField",
    "consistencyLevel",
    "properties",
    "partitions",
    "indexes",
    "load",
] as const;

/** The outputs of a collection that is not as declared, and which arguments differ. */
export function asRecorded(
    props: Props,
    declared: Collection,
    deployed: Collection,
): { changed: string[]; props: Props } {
    const changed = watched.filter(
        (argument) => JSON.stringify(declared[argument]) !== JSON.stringify(deployed[argument]),
    );
    const recorded = {
        ...props,
        // Spelled out, for an index that nobody declared is implied by `load` alone.
        indexes: asArgument(deployed.indexes),
        ...Object.fromEntries(changed.map((argument) => [argument, asArgument(deployed[argument])])),
    };
    return { changed, props: recorded };
}

/** A normalised value as a program would write it: without what is left at its default. */
function asArgument(value: unknown): unknown {
    // `load` in its argument form: false stands for a collection that is not loaded.
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.map(asArgument);
    if (typeof value !== "object" || value === null) return value;
    const set = Object.entries(value).filter(
        ([, part]) => part !== undefined && part !== false && part !== "",
    );
    return Object.fromEntries(set);
}
