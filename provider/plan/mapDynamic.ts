import type { Collection } from "../spec/collection";
import type { ObservedCollection, ObservedField } from "../observe/state";
import { canDemote } from "./conversion";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { RowMapping } from "./mapping";
import type { Origins } from "./origin";
import { typeName } from "./typeText";

/** What becomes of the dynamic field, `$meta`: it is on or off for a whole collection. */
export function mapDynamic(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
): { dynamic: RowMapping["dynamic"]; demoted: ObservedField[]; findings: Finding[] } {
    const { demoted, findings } = demote(source, target, origins);
    if (!source.enableDynamicField) {
        return { dynamic: target.enableDynamicField ? "empty" : "none", demoted, findings };
    }
    if (!target.enableDynamicField) {
        const message = "All values in the dynamic field are lost.";
        const fix = "Keep enableDynamicField: true.";
        const lost = finding("MV114", "enableDynamicField", message, fix, "$meta");
        return { dynamic: "drop", demoted: [], findings: [lost] };
    }
    // What `from` names is taken out of the dynamic field by its reader.
    const added = target.fields.filter(({ name, from }) => !origins.has(name) && from === undefined);
    return {
        dynamic: "carry",
        demoted,
        findings: [...findings, ...namesakes(added.map(({ name }) => name))],
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

/** A new field hides the dynamic key of the same name, which stays (Milvus docs, "Dynamic Field"). */
export function namesakes(added: readonly string[]): Finding[] {
    if (added.length === 0) return [];
    const message = `Values that rows hold as ${added.join(", ")} in the dynamic field stay there.`;
    const fix = added.length === 1 ? `To take them over, say from: "$meta.${added[0]!}".` : undefined;
    return [finding("MV130", "fields", message, fix)];
}
