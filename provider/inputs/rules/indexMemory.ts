import { type CollectionDraft, placed } from "../schema/draft";
import { flagOf, memoryKeys, memorySettings } from "../schema/memory";
import type { Report } from "../report/report";

/** Source: Milvus docs, "Use mmap", its limits. */
const unmapped = /^(DISKANN$|GPU_)/;

/** What an index says of memory, by its arguments or by its parameters. */
export function indexMemory(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.indexes, ["indexes"])) {
        const { indexType, params = {} } = value;
        for (const setting of memorySettings) {
            const key = memoryKeys[setting];
            const [said, written] = [value[setting], params[key]];
            if (said === undefined || written === undefined) continue;
            if (said === (setting === "mmap" ? flagOf(written) : written)) continue;
            const reason = `${setting} is ${String(said)}, and params["${key}"] is ${JSON.stringify(written)}. Omit the parameter.`;
            report.mistake("MV474", [...at, setting], reason);
        }
        const isMapped = value.mmap ?? flagOf(params[memoryKeys.mmap]);
        if (isMapped !== true || indexType === undefined || !unmapped.test(indexType)) continue;
        const reason = `${indexType} cannot be mapped from the disk. Omit mmap, or choose another index type.`;
        report.mistake("MV473", [...at, value.mmap === undefined ? "params" : "mmap"], reason, [
            [...at, "indexType"],
        ]);
    }
}
