import { memoryKeys, memorySettings } from "../../inputs/schema/memory";
import { alterField } from "../../milvus/collection/alterSchema";
import { describeCollection } from "../../milvus/collection/collections";
import { alterIndex, describeIndexes } from "../../milvus/collection/indexes";
import type { Update } from "../../plan/strategy/update";
import type { Endpoint } from "../read/endpoint";
import type { ServedState } from "./servedState";

type Params = Readonly<Record<string, string | undefined>>;

/** What brings parameters back: those that are other than before, and those that were not there. */
function wayBack(keys: readonly string[], now: Params, before: Params) {
    const changed = keys.filter((key) => now[key] !== before[key]);
    const set = changed.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]] as const]));
    const properties: Record<string, string> = Object.fromEntries(set);
    return { properties, deletes: changed.filter((key) => before[key] === undefined) };
}

const touched = ({
    properties,
    deletes = [],
}: Pick<Extract<Update, { kind: "alter-index" }>, "properties" | "deletes">) => [
    ...Object.keys(properties),
    ...deletes,
];

/** How a field was kept in memory; its other parameters stay as an addition does. */
export async function undoFieldMemory(
    { client, ref }: Endpoint,
    update: Extract<Update, { kind: "alter-field" }>,
    before: ServedState,
): Promise<void> {
    const paramsOf = (fields: ServedState["fields"]): Params => {
        const field = fields.find(({ name }) => name === update.field);
        const set = memorySettings.filter((one) => field?.[one] !== undefined);
        return Object.fromEntries(set.map((one) => [memoryKeys[one], String(field![one])]));
    };
    const keys = touched(update).filter((key) => (Object.values(memoryKeys) as string[]).includes(key));
    const now = (await describeCollection(client, ref))?.fields ?? [];
    const { properties, deletes } = wayBack(keys, paramsOf(now), paramsOf(before.fields));
    if (deletes.length > 0) await alterField(client, ref, update.field, {}, deletes);
    if (Object.keys(properties).length > 0) await alterField(client, ref, update.field, properties);
}

/** The parameters of an index that AlterIndex has set. */
export async function undoIndexMemory(
    { client, ref, capabilities }: Endpoint,
    update: Extract<Update, { kind: "alter-index" }>,
    before: ServedState,
): Promise<void> {
    const now = (await describeIndexes(client, ref)).find(({ name }) => name === update.index);
    const was = before.indexes.find(({ there }) => there.name === update.index);
    if (!now || !was) return;
    const { properties, deletes } = wayBack(touched(update), now.params, was.there.params);
    await alterIndex(client, ref, update.index, {
        properties,
        deletes: capabilities.deleteProperties ? deletes : [],
    });
}
