import type { Collection } from "../../inputs/schema/collection";
import { bytesText } from "../finding/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** Bytes of rows in memory while both copies are loaded, each as often as it has replicas; undefined where none is. */
export function peakMemory({ load }: Collection, bytes: number | undefined): number | undefined {
    return load === undefined || bytes === undefined ? undefined : 2 * load.replicas * bytes;
}

/** Whether both copies fit into what the program allows. */
export function memoryFindings(target: Collection, bytes: number | undefined): Finding[] {
    const { maxMemory } = target.migration;
    if (maxMemory === undefined || target.load === undefined) return [];
    const path = "migration.maxMemory";
    const taken = peakMemory(target, bytes);
    if (taken === undefined) {
        const message = "The size of the rows is not known: nobody can say whether both copies fit.";
        return [finding("MV139", path, message)];
    }
    if (taken <= maxMemory) return [];
    const message = `Both copies take about ${bytesText(taken)} while they are loaded, more than ${bytesText(maxMemory)}.`;
    return [finding("MV135", path, message, "Raise maxMemory.")];
}
