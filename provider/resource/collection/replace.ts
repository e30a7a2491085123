import { requireFree } from "../../migration/lifecycle/build";
import { migrate } from "../../migration/migrate";
import { type Migration, sourceOf } from "../../migration/migration";
import { rollback } from "../../migration/rollback";
import { restoredGeneration } from "../../plan/recovery/previous";
import { originOf } from "../generations/retained";
import type { RollbackSource } from "../generations/rollbackSource";
import type { ResumedCopy } from "../recovery/copies";
import { type Active, prepareReplacement, type Replacement } from "../replacement/prepare";
import { takeCopies } from "../replacement/takeCopies";

/** Puts a new collection in the place of the old one, its rows carried over. Returns the active one. */
export async function replace(asked: Replacement): Promise<Active> {
    try {
        return await replaced(asked);
    } catch (error) {
        asked.report.measure?.end(error);
        throw error;
    }
}

async function replaced(asked: Replacement): Promise<Active> {
    const prepared = await prepareReplacement(asked);
    if ("outcome" in prepared) return prepared.outcome;
    const { replacement, migration, previous } = prepared;
    const resumed = await takeCopies(prepared);
    return previous ? goBack(replacement, migration, previous) : goForward(replacement, migration, resumed);
}

async function goForward(
    { context, target, report, entering }: Replacement,
    migration: Omit<Migration, "report">,
    copy: ResumedCopy | undefined,
): Promise<Active> {
    const { takesName, source, marker } = migration;
    const chosen = copy
        ? {
              ...migration,
              target: takesName ? migration.target : { ...migration.target, ref: copy.ref },
              marker: { ...marker, generation: copy.generation },
              resumed: copy.checkpoint,
              ...(copy.isDetached && { detached: { entering } }),
          }
        : migration;
    if (!copy && !takesName) await requireFree(target.client, migration.target.ref, marker.owner);
    const cutover = await migrate({ ...chosen, report });
    context.session.activeCutovers.add(source.generation, chosen.target, cutover);
    return { generation: chosen.marker.generation, ref: chosen.target.ref };
}

async function goBack(
    { context, deployed, report }: Replacement,
    migration: Omit<Migration, "report">,
    previous: NonNullable<RollbackSource["previous"]>,
): Promise<Active> {
    const { takesName } = migration;
    const { generation, owner } = deployed;
    const { at } = previous.found;
    const retained = at.ref;
    const back = {
        ...migration,
        target: takesName
            ? migration.target
            : { ...migration.target, ref: { ...migration.target.ref, name: retained.name } },
        marker: {
            owner,
            generation: restoredGeneration(previous.found.generation, generation),
            from: generation,
            state: "live" as const,
        },
        retained,
        origin: originOf(at)!,
        updates: previous.updates,
    };
    report.measure?.begin({
        source: sourceOf(back),
        target: { client: back.target.client, ref: retained },
        resumedRows: 0,
    });
    const cutover = await rollback({ ...back, report });
    report.measure?.cutover(cutover.phase);
    context.session.activeCutovers.add(generation, back.target, cutover);
    return { generation: back.marker.generation, ref: back.target.ref };
}
