import type { Collection } from "../../inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection, ObservedField } from "../../observe/state";
import { canMoveToDynamicField } from "./column/conversion";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { RowMapping } from "./mapping";
import { collidingFields, droppedDynamicKeys, collisionFindings } from "./dynamicKeyCollision";
import type { Origins } from "../diff/fieldOrigins";
import { typeName } from "../diff/typeText";

/** The mapping of the dynamic field, `$meta`, which is on or off for a whole collection. */
export function mapDynamic(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
    capabilities: Capabilities,
    statistics: RowStatistics,
): {
    dynamic: RowMapping["dynamic"];
    movedToDynamicField: ObservedField[];
    droppedDynamicKeys: string[];
    findings: Finding[];
} {
    const { movedToDynamicField, findings } = moveToDynamicField(source, target, origins);
    if (!source.enableDynamicField) {
        return {
            dynamic: target.enableDynamicField ? "empty" : "none",
            movedToDynamicField,
            droppedDynamicKeys: [],
            findings,
        };
    }
    if (!target.enableDynamicField) {
        const message = "All values in the dynamic field are lost.";
        const fix = "Keep enableDynamicField: true.";
        const lost = finding("MV114", "enableDynamicField", message, fix, "$meta");
        return { dynamic: "drop", movedToDynamicField: [], droppedDynamicKeys: [], findings: [lost] };
    }
    const added = collidingFields(target, source);
    return {
        dynamic: "carry",
        movedToDynamicField,
        droppedDynamicKeys: droppedDynamicKeys(target),
        findings: [...findings, ...collisionFindings(added, target, capabilities, statistics)],
    };
}

/** Omitted fields that become dynamic keys. A name that is no longer a field was moved by an earlier migration. */
function moveToDynamicField(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
): { movedToDynamicField: ObservedField[]; findings: Finding[] } {
    const kept = new Set(origins.values());
    const wanted = source.fields.filter(
        ({ name }) => target.migration.moveToDynamicField.includes(name) && !kept.has(name),
    );
    const unfit = wanted.filter((field) => !canMoveToDynamicField(field));
    return {
        movedToDynamicField: wanted.filter(canMoveToDynamicField),
        findings: unfit.map((field) => {
            const message = `${field.name} is a ${typeName(field)}, which JSON cannot hold.`;
            return finding(
                "MV138",
                "migration.moveToDynamicField",
                message,
                `Omit ${field.name} from moveToDynamicField, or keep it in fields.`,
            );
        }),
    };
}
