import type { Collection } from "../spec/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { RowMapping } from "./mapping";
import type { Origins } from "./origin";

/** What becomes of the dynamic field, `$meta`: it is on or off for a whole collection. */
export function mapDynamic(
    source: ObservedCollection,
    target: Collection,
    origins: Origins,
): { dynamic: RowMapping["dynamic"]; findings: Finding[] } {
    if (!source.enableDynamicField) {
        return { dynamic: target.enableDynamicField ? "empty" : "none", findings: [] };
    }
    if (!target.enableDynamicField) {
        const message = "All values in the dynamic field are lost.";
        const lost = finding("MV114", "enableDynamicField", message, "Keep enableDynamicField: true.");
        return { dynamic: "drop", findings: [lost] };
    }
    const added = target.fields.filter(({ name }) => !origins.has(name)).map(({ name }) => name);
    const message = `Values that rows hold as ${added.join(", ")} in the dynamic field stay there.`;
    return { dynamic: "carry", findings: added.length === 0 ? [] : [finding("MV130", "fields", message)] };
}
