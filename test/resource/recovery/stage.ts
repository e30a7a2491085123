import { setProperties } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import { observeGeneration } from "../../../provider/observe/generations";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import type { Marked } from "../../../provider/plan/recovery/action";
import type { RecoveryWork } from "../../../provider/resource/recovery/execute";
import { openFixture, Pair, type Rows } from "../../migration/catchup/pair";
import { contextOf } from "../context/contextOf";

export const owner = "shop/prod/docs";
const rows: Rows = new Map([1n, 2n, 3n].map((key) => [key, 1]));
export const oldMarker: OwnershipMarker = { owner, generation: "1111111", from: undefined, state: "live" };
export const newMarker: OwnershipMarker = { owner, generation: "2222222", from: "1111111", state: "live" };

/** Both sides of a migration that an interrupted run has left, with three rows each, and what recovery works with. */
export async function stage() {
    const fixture = await openFixture();
    const { client, fake } = fixture;
    const pair = await Pair.open(fixture, "Int64");
    await pair.insert("source", rows);
    await pair.insert("target", rows);
    const [source, target] = [pair.endpoint("source"), pair.endpoint("target")];
    await setProperties(client, source.ref, markerProperties(oldMarker));
    await setProperties(client, target.ref, markerProperties(newMarker));
    const said: string[] = [];
    const context = contextOf(client.target, said);
    const fields = pair.mapping.columns.map(({ to }) => ({
        name: to.name,
        dataType: to.dataType,
        dim: to.dim,
        maxLength: to.maxLength,
        isPrimaryKey: to.isPrimaryKey,
        nullable: to.nullable,
    }));
    const inputs = { fields, migration: { grace: 0, maxWritePause: 0 } };
    const spec = normalizeCollection(CollectionInputs.parse(inputs));
    const work: RecoveryWork = {
        client,
        capabilities: await capabilities(client),
        context,
        owner,
        name: "docs",
        spec,
        report: { say: (line) => void said.push(line), progress: () => undefined },
    };
    const seen = async (at: { ref: Marked["ref"] }) =>
        (await observeGeneration(client, at.ref, context.session.holder)) as Marked;
    const names = () => fake.collections().map(({ name }) => name);
    return {
        fixture,
        client,
        fake,
        pair,
        source,
        target,
        work,
        session: context.session,
        said,
        seen,
        names,
        inputs,
    };
}

export type Stage = Awaited<ReturnType<typeof stage>>;

/** Says to the run that a generation is active for the resource. */
export function activate({ work, inputs }: Pick<Stage, "work" | "inputs">, generation: string): void {
    work.context.session.activeGenerations.set(owner, { ...inputs, generation });
}
