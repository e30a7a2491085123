import type { Collection } from "../inputs/schema/collection";
import { scanArguments } from "../inputs/argumentScan";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";

/**
 * Takes the arguments that hold an unknown value, at any depth, as they are deployed: half a schema would plan to drop
 * fields that are only not known yet. The findings name these arguments.
 */
export function resolveUnknowns(
    deployed: Collection,
    target: Collection,
): { target: Collection; findings: Finding[] } {
    const open = [...new Set(scanArguments(target).unknown.map(([name]) => name as keyof Collection))];
    const recorded = Object.fromEntries(open.map((name) => [name, deployed[name]]));
    const message = "Some of it is known only at `pulumi up` and is planned then.";
    return {
        target: { ...target, ...recorded },
        findings: open.map((name) => finding("MV122", name, message)),
    };
}
