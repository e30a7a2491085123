import type { Path } from "./report/path";

/** The value that Pulumi's engine sends in place of an unknown value, at any depth (Pulumi 3.260, measured). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Deeper than a plausible analyzer or JSON value, and shallow enough for recursion. */
const maxDepth = 64;
/** Maximum number of values in one argument. A backfill of the longest vector has 32,768. */
const maxValues = 200_000;

export interface ArgumentScan {
    unknown: Path[];
    /** Paths that the schemas must not read, with the reason. */
    rejected: { path: Path; reason: "deep" | "large" | "prototype" }[];
}

/** Scans the whole tree without recursion, and so bounds its depth for later code that recurses. */
export function scanArguments(args: Record<string, unknown>): ArgumentScan {
    const found: ArgumentScan = { unknown: [], rejected: [] };
    for (const [name, value] of Object.entries(args)) scanArgument(name, value, found);
    return found;
}

/** A visited value. Its path is built from `parent` only when it is reported, because most values are not. */
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
        // Assigned as a property, it would become the prototype of the result; dropped, it would be lost without a message.
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
