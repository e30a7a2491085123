import type { Path } from "./report/path";

/** What Pulumi's engine sends in place of a value that is not known yet, at any depth (Pulumi 3.260, measured). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Deeper than any analyzer's or JSON field's value has reason to be, and far from the end of the stack. */
const maxDepth = 64;
/** Values in one argument; a backfill of the longest vector has 32,768. */
const maxValues = 200_000;

export interface ArgumentScan {
    unknown: Path[];
    /** Places that no schema may look into, with the reason. */
    rejected: { path: Path; reason: "deep" | "large" | "prototype" }[];
}

/** Walks the whole tree without recursion, so that what comes after may recurse. */
export function scanArguments(args: Record<string, unknown>): ArgumentScan {
    const found: ArgumentScan = { unknown: [], rejected: [] };
    for (const [name, value] of Object.entries(args)) scanArgument(name, value, found);
    return found;
}

/** A value on the way, its path read from the end: most values are looked at and forgotten. */
interface Step {
    value: unknown;
    key: string | number;
    depth: number;
    parent: Step | undefined;
}

function scanArgument(name: string, argument: unknown, found: ArgumentScan): void {
    const open: Step[] = [{ value: argument, key: name, depth: 1, parent: undefined }];
    let values = 0;
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
        const { value, key, depth } = step;
        if (value === unknownValue) found.unknown.push(pathOf(step));
        // Assigned by name it would become the prototype of what is built from it; dropped, it would be lost unsaid.
        else if (key === "__proto__") found.rejected.push({ path: pathOf(step), reason: "prototype" });
        else if (typeof value === "object" && value !== null) {
            const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
            values += entries.length;
            if (values > maxValues) {
                found.rejected.push({ path: [name], reason: "large" });
                return;
            }
            if (depth >= maxDepth) found.rejected.push({ path: pathOf(step), reason: "deep" });
            else
                for (const [inner, entry] of entries)
                    open.push({ value: entry, key: inner, depth: depth + 1, parent: step });
        }
    }
}

function pathOf(step: Step): Path {
    const path = [];
    for (let at: Step | undefined = step; at !== undefined; at = at.parent) path.unshift(at.key);
    return path;
}
