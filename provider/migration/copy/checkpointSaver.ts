import { setTimeout as delay } from "node:timers/promises";

import { describeCollection } from "../../milvus/collection/collections";
import { type Checkpoint, saveCheckpoint } from "../properties/checkpoint";
import { property } from "../../observe/properties";
import type { Report } from "../report";
import type { Endpoint } from "../read/endpoint";

/** What a cut run has to look for again is what it copied in so long. */
const EVERY_MS = 3_000;
const POLL_MS = 2_000;
/** Set to `true` on a copy, it halts it until it is taken away or set to something else. */
const PAUSE = property.pause;

/**
 * Saves the checkpoint of a copy every few seconds while the copy goes on, and waits where an operator has set
 * `pulumi.pause` on it. Without properties (milvus-lite 2.5) nothing is saved.
 */
export function createCheckpointSaver(
    { client, ref }: Endpoint,
    keepsProperties: boolean,
    report: Report,
): {
    save: (checkpoint: () => Checkpoint) => Promise<void> | undefined;
    flushed: () => Promise<void>;
} {
    let saved = Date.now();
    let saving: Promise<void> | undefined;
    let paused: Promise<void> | undefined;
    let hasReported = false;
    const reportOnce = () => {
        if (hasReported) return;
        hasReported = true;
        report.say(
            `${ref.name}: how far the copy is does not fit into a property, for its keys are too long; a run that is cut now goes on from the last place that did`,
        );
    };
    const run = async (checkpoint: Checkpoint) => {
        if (!(await saveCheckpoint(client, ref, checkpoint))) reportOnce();
        if (await isPaused()) paused ??= resumed().finally(() => (paused = undefined));
    };
    const isPaused = async () => (await describeCollection(client, ref))?.properties[PAUSE] === "true";
    const resumed = async () => {
        report.say(`${ref.name}: paused by its property ${PAUSE}; the copy goes on when that is not "true"`);
        while (await isPaused()) await delay(POLL_MS);
    };
    return {
        save: (checkpoint) => {
            if (!keepsProperties) return undefined;
            if (!saving && Date.now() - saved >= EVERY_MS) {
                saved = Date.now();
                // A server in trouble stops the copy by itself; a checkpoint that is not saved is one that is older.
                saving = run(checkpoint())
                    .catch(() => undefined)
                    .finally(() => (saving = undefined));
            }
            return paused;
        },
        flushed: async () => {
            await saving;
        },
    };
}
