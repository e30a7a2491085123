import type { Capabilities, ObservedCollection } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { Update } from "./update";

/** A finding where an interrupted change in place would not be found by the next run: the server keeps no record of it. */
export function restoreLimits(
    updates: readonly Update[],
    { loadState }: ObservedCollection,
    { alterProperties, server }: Capabilities,
): Finding[] {
    const isReleased = loadState !== "not-loaded" && updates.some(({ kind }) => kind === "release");
    if (alterProperties || !isReleased) return [];
    const isReindexed = updates.some(({ kind }) => kind === "drop-index");
    const message = `${server} cannot record that the change has begun. If this run is killed, searches fail until you run \`pulumi refresh\` and then \`pulumi up\`.`;
    const fix = 'To keep serving, change the index on a copy: migration: { indexes: "shadow" }.';
    return [finding("MV195", isReindexed ? "indexes" : "load", message, isReindexed ? fix : undefined)];
}
