import type { Collection } from "../inputs/schema/collection";
import { scanArguments } from "../inputs/argumentScan";
import type { Finding } from "./finding/finding";
import { finding } from "./finding/finding";

/**
 * Replaces the arguments that hold an unknown value, at any depth, with the deployed ones. A partly known schema would
 * plan to drop fields that are only unknown. The findings name these arguments.
 */
export function resolveUnknowns(
    deployed: Collection,
    target: Collection,
): { target: Collection; findings: Finding[] } {
    const open = [...new Set(scanArguments(target).unknown.map(([name]) => name as keyof Collection))];
    const recorded = Object.fromEntries(open.map((name) => [name, deployed[name]]));
    const message = "Part of it is unknown during the preview. `pulumi up` plans it.";
    return {
        target: { ...target, ...recorded },
        findings: open.map((name) => finding("MV122", name, message)),
    };
}
