import { listAliases } from "../../milvus/aliases";
import { countRows } from "../../milvus/rows";
import { observeStamp } from "../../observe/collection";
import { followsWrites } from "../../plan/mapping/onlineWrites";
import type { Alias } from "../../inputs/alias";
import { type Follow, follow } from "../../migration/cutover/prepareCutover";
import type { Handover } from "../../migration/cutover/cutover";
import { printer } from "../../migration/progressPrinter";
import { type Alike, differencesOf } from "../../migration/catchup/requireIdentical";
import { differencesText } from "../../migration/verify/differences";
import { RunError } from "../../migration/errors";
import { readMapping } from "../../migration/properties/rowMapping";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { dropLease, holdLease, noLease, takeLease } from "../../migration/properties/lease";
import { load } from "../../migration/lifecycle/indexAndLoad";
import { openRanges } from "../../migration/read/endpoint";
import { makeReadable } from "../../migration/lifecycle/temporaryLoad";
import { readSuccessor } from "../../migration/properties/successor";
import type { Context, Server } from "../context/context";
import { handovers, inCharge } from "../context/session";
import { hidden } from "../context/identity";
import { collectionSpec } from "../context/inputs";

/**
 * Of a run that was cut when its copy was noted and no alias had moved: clients went on with the old collection since.
 * What they wrote is brought over before the alias moves, as before the first try. Undefined where the collection that
 * the alias is to point at is not the one that took over the rows of the one it points at, or clients use it already.
 * Errors: `MV327` where this run leaves the collection out; `MV343` where writes are not followed and there were some.
 */
export function cutBeforeSwitch(
    context: Context,
    at: Server,
    alias: Alias,
    { owner, current }: { owner: string; current: string | undefined },
): Promise<Handover | undefined> {
    if (current === undefined) return Promise.resolve(undefined);
    const key = `${at.client.target} ${alias.database ?? ""} ${current} ${alias.collection}`;
    // Several aliases move at once.
    const begun = resuming.get(key) ?? resume(context, at, alias, { owner, current });
    resuming.set(key, begun);
    return begun.finally(() => resuming.delete(key));
}

const resuming = new Map<string, Promise<Handover | undefined>>();

async function resume(
    context: Context,
    { client, capabilities }: Server,
    alias: Alias,
    { owner, current }: { owner: string; current: string },
): Promise<Handover | undefined> {
    const source = { client, ref: { database: alias.database, name: current } };
    const target = { client, ref: { database: alias.database, name: alias.collection } };
    const named = await readSuccessor(client, source.ref);
    if (named?.name !== alias.collection) return undefined;
    const { stamp: old } = await observeStamp(client, source.ref);
    const { stamp } = await observeStamp(client, target.ref);
    // Its owner may have got another name since, which the old one is not stamped with.
    if (!old || !stamp || stamp.from !== old.generation) return undefined;
    const isInUse = async () => (await listAliases(client, target.ref)).length > 0;
    if (await isInUse()) return undefined;
    const charge = inCharge.of(stamp.owner);
    const kept = await readMapping(client, target.ref);
    if (charge === undefined && stackOf(owner) === stackOf(stamp.owner)) throw leftOut(alias, current);
    if (charge?.generation !== stamp.generation || !kept) return undefined;
    // Of this run: its hashes would be written over.
    const own = handovers.from(old.generation);
    if (own) return own;
    const report = printer(hidden(charge).name, context.print);
    const spec = collectionSpec(charge);
    const { batchBytes } = spec.migration;
    const passes = { source, target, ...kept, batchBytes, report };
    if (capabilities.alterProperties) await takeLease(client, target.ref, report);
    const { confirm, release } = capabilities.alterProperties ? holdLease(client, target.ref) : noLease;
    try {
        // Once more, now that nobody else is at work: the run before may have gone on, and have moved the alias itself.
        if (await isInUse()) return undefined;
        await liftFence(source, capabilities);
        // A server that was started anew may have forgotten that it was loaded, as milvus-lite does.
        await load(client, target.ref, spec, report);
        if (!followsWrites(spec, kept.mapping)) {
            await requireSame(passes, alias, current);
            return undefined;
        }
        report.say(
            `${current}: the run that copied it was cut before the alias moved; bringing over what was written since`,
        );
        const handover = await catchUp({
            ...passes,
            confirm,
            spec,
            capabilities,
            stamp,
            generation: old.generation,
        });
        handovers.expect(old.generation, target, handover);
        return handover;
    } finally {
        await release();
        if (capabilities.alterProperties) await dropLease(client, target.ref);
    }
}

const stackOf = (owner: string) => owner.split("/").slice(0, 2).join("/");

function leftOut(alias: Alias, current: string): RunError {
    return new RunError(
        "MV327",
        `alias ${alias.name}: not moved, the run that copied ${current} to ${alias.collection} was cut, and what clients have written since ` +
            "can only be brought over where this run has the collection in it, too. Run `pulumi up` without --target, or with both resources",
    );
}

/** What is written meanwhile comes along with the last passes, as in the run that was cut. */
async function catchUp(given: Omit<Follow, "ranges" | "expected">): Promise<Handover> {
    const { source, target, partitions, report } = given;
    const closeSource = await makeReadable(source.client, source.ref, report);
    const closeTarget = await makeReadable(target.client, target.ref, report);
    try {
        const expected = await countRows(source.client, source.ref);
        return await follow({ ...given, ranges: openRanges(partitions, expected), expected });
    } finally {
        await closeTarget();
        await closeSource();
    }
}

/** Errors: `MV343` where rows differ that nobody brings over. */
async function requireSame(passes: Alike, alias: Alias, current: string): Promise<void> {
    const text = differencesText(await differencesOf(passes));
    if (text === undefined) return;
    throw new RunError(
        "MV343",
        `alias ${alias.name}: not moved, rows of ${current} differ from ${alias.collection}: ${text}. They were written since the run that ` +
            `copied it was cut, and this migration follows no writes. Bring them over to ${alias.collection} by hand, then run \`pulumi up\` again`,
    );
}
