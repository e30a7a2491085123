import type { Collection } from "../../inputs/schema/collection";
import type { Capabilities } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";
import type { RowMapping } from "./mapping";

export interface DetachPlan {
    target: Collection;
    mapping: RowMapping;
    /** The server of the new collection. */
    server: Capabilities;
    /** Whether the new collection is on another server, or in another database. */
    isElsewhere: boolean;
}

/** Why a worker, which has neither the program nor its machine, cannot make the copy. Findings: `MV188`. */
export function detachFindings({ target, mapping, server, isElsewhere }: DetachPlan): Finding[] {
    if (!target.migration.detach) return [];
    const reason = obstacle(target.migration, { mapping, server, isElsewhere });
    if (reason === undefined) return [];
    const message = `A worker cannot make this copy: ${reason}.`;
    return [finding("MV188", "migration.detach", message, "Omit detach: `pulumi up` then copies the rows.")];
}

function obstacle(
    { gate, switchBy }: Collection["migration"],
    { mapping, server, isElsewhere }: Omit<DetachPlan, "target">,
): string | undefined {
    if (!server.alterProperties)
        return `${server.server} stores no properties, where the work order would be`;
    if (isElsewhere) return "the new collection is in another database or on another server";
    if (mapping.transform !== undefined)
        return `the module ${mapping.transform.module} is on the machine of the program`;
    // A resumed copy finds the rows that it has by their keys.
    if (mapping.key.regenerate) return "with new primary keys it could not be resumed";
    // `up` asks the gate, where it is the one that switches.
    const { module, queries } = gate ?? {};
    const file = module ?? (typeof queries === "string" ? queries : undefined);
    if (switchBy === "worker" && file !== undefined)
        return `${file}, which decides on the switch, is on the machine of the program`;
    return undefined;
}
