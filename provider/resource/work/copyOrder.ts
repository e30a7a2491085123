import { rowsText } from "../../inputs/report/figures";
import { observeCollection } from "../../observe/collection";
import { inspect } from "../../observe/inspected";
import { carrySettings } from "../../plan/carry/carrySettings";
import { completeCopy } from "../../migration/completeCopy";
import { RunError } from "../../migration/errors";
import { readCheckpoint } from "../../migration/properties/checkpoint";
import { combineShards } from "../../migration/shards/combineShards";
import { takeLease } from "../../migration/properties/lease";
import { readMapping } from "../../migration/properties/rowMapping";
import type { Report } from "../../migration/report";
import { type Context, server } from "../context/context";
import { collectionSpec } from "../context/inputs";
import { refusalError } from "../recovery/refusals";
import { phasesOf, recordFailure } from "./phases";
import { inDatabaseOf, type OrderedWork, refIn } from "./orders";

/**
 * Makes the copy of an order, from where it stands, until only the switch is left. Clients notice nothing. Can be run again: a
 * ready copy then catches up with the writes made since. Errors: `MV322` where another worker is at work; those of a
 * migration, after which the copy is kept.
 */
export async function copyOrder(context: Context, ordered: OrderedWork, report: Report): Promise<void> {
    const at = await server(inDatabaseOf(context, ordered), {});
    const { client, capabilities } = at;
    const { seen, order } = ordered;
    const { holder } = context.session;
    const ref = refIn(ordered, seen.copy.ref.name);
    await takeLease(client, ref, holder, report);
    // Workers of shards have left their progress in pieces.
    await combineShards(client, ref, holder, report);
    const copy = await inspect(client, ref, holder);
    const checkpoint = await readCheckpoint(client, ref);
    const recorded = await readMapping(client, ref);
    const source = await observeCollection(client, refIn(ordered, seen.source.ref.name));
    if (!source) throw refusalError({ reason: "gone", name: seen.source.ref.name });
    // Somebody has dropped it, or put it in service, while this worker waited for the lease.
    if (copy?.marker.state !== "building" || !checkpoint || !recorded) throw given(ref.name);
    const [deployed, wanted] = [collectionSpec({ ...order.deployed }), collectionSpec({ ...order.inputs })];
    const takesName = wanted.name !== undefined && ref.name !== wanted.name;
    if (checkpoint.rows > 0)
        report.say(
            `resuming the copy ${ref.name}: an interrupted run has copied ${rowsText(checkpoint.rows)}`,
        );
    const migration = {
        source: { client, capabilities, observed: source, generation: copy.marker.from! },
        target: {
            ...{ client, capabilities },
            ref: takesName ? refIn(ordered, wanted.name!) : ref,
            spec: carrySettings(deployed, wanted, source).wanted,
        },
        ...recorded,
        takesName,
        marker: copy.marker,
        holder,
        resumed: checkpoint,
        // A ready copy stays so while it catches up.
        detached: copy.work?.phase === "ready" ? {} : { entering: phasesOf(client, ref) },
        report,
    };
    await completeCopy(migration).catch((error: unknown) => recordFailure(client, ref, error));
}

const given = (name: string): RunError =>
    new RunError(
        "MV332",
        `${name}: another run took over the copy while this worker waited for it. This worker stops; \`pulumi-milvus status\` shows what is left`,
    );
