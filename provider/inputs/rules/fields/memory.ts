import { type CollectionDraft, placed } from "../../schema/draft";
import { memoryKeys, memorySettings } from "../../schema/memory";
import type { Report } from "../../report/report";

/** Source: Milvus, AlterCollectionField looks among the plain fields of a schema alone (internal/proxy/task.go, 2.6). */
export function fieldMemory(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"]))
        for (const setting of memorySettings)
            if (value[setting] !== undefined && value.elementType === "Struct") {
                const property = setting === "mmap" ? memoryKeys.mmap : "warmup.vectorField";
                const reason = `Milvus keeps the fields of an Array of Structs as it does those of the collection. Omit ${setting} here, and set the property ${property}.`;
                report.mistake("MV472", [...at, setting], reason, [[...at, "elementType"]]);
            }
}
