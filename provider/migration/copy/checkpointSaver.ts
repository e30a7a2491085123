import { describeCollection } from "../../milvus/collection/collections";
import { pause } from "../../milvus/transport/stopPoint";
import { type Checkpoint, saveCheckpoint } from "../properties/checkpoint";
import { property } from "../../observe/properties";
import type { Report } from "../report";
import type { Endpoint } from "../read/endpoint";

/** The time between two checkpoints. A resumed copy has to search for the rows that were sent in this time. */
const EVERY_MS = 3_000;
const POLL_MS = 2_000;
/** Set to `true` on a copy, this property pauses the copy until it is deleted or set to something else. */
const PAUSE = property.pause;

interface SavedAs {
    /** The property that holds the checkpoint. Default: that of the whole copy. */
    key?: string;
    /** The time between two checkpoints in milliseconds. Default: 3,000. */
    everyMs?: number;
    /** The time to the first one in milliseconds. Default: `everyMs`. */
    firstMs?: number;
}

/**
 * Saves the checkpoint of a copy every few seconds while the copy runs, and waits while `pulumi.pause` is set on it.
 * Nothing is saved if the server stores no properties (milvus-lite 2.5).
 */
export function createCheckpointSaver(
    { client, capabilities, ref }: Endpoint,
    report: Report,
    { key, everyMs = EVERY_MS, firstMs = everyMs }: SavedAs = {},
): {
    save: (checkpoint: () => Checkpoint) => Promise<void> | undefined;
    flushed: () => Promise<void>;
} {
    let saved = Date.now() - everyMs + firstMs;
    let saving: Promise<void> | undefined;
    let paused: Promise<void> | undefined;
    let hasReported = false;
    const reportOnce = () => {
        if (hasReported) return;
        hasReported = true;
        report.say(
            `warning: ${ref.name}: the checkpoint does not fit into a property, because its keys are too long. If this run is interrupted, the next one resumes from the last checkpoint that fit`,
        );
    };
    let last: { rows: number; at: number } | undefined;
    const run = async (checkpoint: Checkpoint) => {
        const now = { rows: checkpoint.rows, at: Date.now() };
        const rate = last && Math.round(((now.rows - last.rows) * 1000) / Math.max(1, now.at - last.at));
        last = now;
        if (!(await saveCheckpoint(client, ref, checkpoint, rate, key))) reportOnce();
        if (!(await isPaused()) || paused) return;
        paused = resumed().finally(() => (paused = undefined));
        // The copy fails with it where a worker waits, and for the same reason where none does.
        paused.catch(() => undefined);
    };
    const isPaused = async () => (await describeCollection(client, ref))?.properties[PAUSE] === "true";
    const resumed = async () => {
        report.say(
            `${ref.name}: paused by its property ${PAUSE}; the copy resumes when the property is not "true"`,
        );
        while (await isPaused()) await pause(POLL_MS);
    };
    return {
        save: (checkpoint) => {
            if (!capabilities.alterProperties) return undefined;
            if (!saving && Date.now() - saved >= everyMs) {
                saved = Date.now();
                // A failing server stops the copy itself; a checkpoint that is not saved only leaves an older one.
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
