import type { Collection } from "../../inputs/collection";
import type { Capabilities, Facts, ObservedCollection, ObservedField } from "../../observe/state";
import { canDemote } from "./conversion";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { RowMapping } from "./mapping";
import { fieldsInTheWay, forgottenKeys, keysInTheWay } from "./dynamicKeyClash";
import type { Origins } from "../diff/fieldOrigins";
import { typeName } from "../diff/typeText";

/** What becomes of the dynamic field, `$meta`: it is on or off for a whole collection. */
export function mapDynamic(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
    capabilities: Capabilities,
    facts: Facts,
): { dynamic: RowMapping["dynamic"]; demoted: ObservedField[]; forgotten: string[]; findings: Finding[] } {
    const { demoted, findings } = demote(source, target, origins);
    if (!source.enableDynamicField) {
        return { dynamic: target.enableDynamicField ? "empty" : "none", demoted, forgotten: [], findings };
    }
    if (!target.enableDynamicField) {
        const message = "All values in the dynamic field are lost.";
        const fix = "Keep enableDynamicField: true.";
        const lost = finding("MV114", "enableDynamicField", message, fix, "$meta");
        return { dynamic: "drop", demoted: [], forgotten: [], findings: [lost] };
    }
    const added = fieldsInTheWay(target, source);
    return {
        dynamic: "carry",
        demoted,
        forgotten: forgottenKeys(target),
        findings: [...findings, ...keysInTheWay(added, target, capabilities, facts)],
    };
}

/** Fields that are left out and become keys of the dynamic field; a name that is no field any more was demoted before. */
function demote(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
): { demoted: ObservedField[]; findings: Finding[] } {
    const kept = new Set(origins.values());
    const wanted = source.fields.filter(
        ({ name }) => target.migration.demote.includes(name) && !kept.has(name),
    );
    const unfit = wanted.filter((field) => !canDemote(field));
    return {
        demoted: wanted.filter(canDemote),
        findings: unfit.map((field) => {
            const message = `${field.name} is a ${typeName(field)}, which JSON does not hold.`;
            return finding(
                "MV138",
                "migration.demote",
                message,
                `Leave ${field.name} out of demote, or keep it in fields.`,
            );
        }),
    };
}
