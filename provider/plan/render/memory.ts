import type { Collection } from "../../inputs/schema/collection";
import { bytesText } from "../../inputs/report/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** Bytes of rows in memory while both collections are loaded, times the replicas; undefined where unknown or not loaded. */
export function peakMemory({ load }: Collection, bytes: number | undefined): number | undefined {
    return load === undefined || bytes === undefined ? undefined : 2 * load.replicas * bytes;
}

/** Findings where both collections may exceed the memory that the program allows. */
export function memoryFindings(target: Collection, bytes: number | undefined): Finding[] {
    const { maxMemory } = target.migration;
    if (maxMemory === undefined || target.load === undefined) return [];
    const path = "migration.maxMemory";
    const taken = peakMemory(target, bytes);
    if (taken === undefined) {
        const message = "The size of the rows is unknown. Both collections together may exceed maxMemory.";
        return [finding("MV139", path, message)];
    }
    if (taken <= maxMemory) return [];
    const message = `Both collections take about ${bytesText(taken)} while they are loaded, more than ${bytesText(maxMemory)}.`;
    return [finding("MV135", path, message, "Raise maxMemory.")];
}
