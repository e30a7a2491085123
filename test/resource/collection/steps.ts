import { observeCollection } from "../../../provider/observe/collection";
import { listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { loadOf } from "../../../provider/milvus/collection/loading";
import { providerOf } from "../../../provider/pulumi";
import { resolvePolicy } from "../../../provider/resource/context/policy";
import type { Props } from "../../../provider/resource/session/props";
import { Connection } from "../../../provider/inputs/schema/connection";
import { failWrite, type Fault, type Faulty } from "../../support/faults/faultyCalls";
import { contextOf } from "../context/contextOf";

/** A resource of a program as an engine has it: its state, and whether its last update failed half-way. */
export interface Deployed {
    id: string;
    state: Props;
    isHalfDone: boolean;
    said: string[];
}

const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };
type Provider = ReturnType<typeof providerOf>;

async function checked(provider: Provider, olds: Props | undefined, args: object): Promise<Props> {
    const { inputs } = (await provider.check(olds ?? {}, { ...args, ...hidden })) as { inputs: Props };
    return inputs;
}

export async function deploy(address: string, args: object): Promise<Deployed> {
    const provider = providerOf("Collection", contextOf(address));
    const inputs = await checked(provider, undefined, args);
    const { id, outs } = (await provider.create(inputs)) as { id: string; outs: Props };
    return { id, state: { ...outs, __provider: "shell" }, isHalfDone: false, said: [] };
}

export type Verdict = "same" | "updated" | "replace" | { failed: Error };

/** One `up` of this resource in a run of its own, as the engine makes it; a replacement is only planned. */
export async function up(
    address: string,
    deployed: Deployed,
    args: object,
    fault?: { at: number | undefined; fault: Fault },
    settings: Record<string, string> = {},
): Promise<{ verdict: Verdict; faulty: Faulty }> {
    deployed.said.length = 0;
    const policy = () => resolvePolicy((key) => settings[key]);
    const context = { ...contextOf(address, deployed.said), policy };
    const client = await context.session.clients.connect(Connection.parse({ address }));
    const provider = providerOf("Collection", context);
    const inputs = { ...(await checked(provider, deployed.state, args)), __provider: "shell" };
    const { changes, replaces } = await provider.diff(deployed.id, deployed.state, inputs);
    const faulty = failWrite(client, fault?.at, fault?.fault);
    try {
        if (replaces && replaces.length > 0) return { verdict: "replace", faulty };
        if (!changes && !deployed.isHalfDone) return { verdict: "same", faulty };
        const { outs } = (await provider.update(deployed.id, deployed.state, inputs)) as { outs: Props };
        Object.assign(deployed, { state: { ...outs, __provider: "shell" }, isHalfDone: false });
        return { verdict: "updated", faulty };
    } catch (error) {
        const { id, properties } = error as { id?: string; properties?: Props };
        if (id !== undefined) Object.assign(deployed, { id, state: properties, isHalfDone: true });
        return { verdict: { failed: error as Error }, faulty };
    } finally {
        client.close();
    }
}

/** `pulumi refresh` of this resource, in a run of its own. */
export async function refresh(address: string, deployed: Deployed): Promise<void> {
    const provider = providerOf("Collection", contextOf(address, deployed.said));
    const { props } = (await provider.read(deployed.id, deployed.state)) as { props: Props };
    Object.assign(deployed, { state: { ...props, __provider: "shell" }, isHalfDone: false });
}

/** What the collection is on the server, as far as a program declares it. */
export async function standing(client: MilvusClient) {
    const [name, ...others] = await listCollections(client, undefined);
    if (name === undefined || others.length > 0) throw new Error(`one collection, not ${others.length + 1}`);
    const ref = { database: undefined, name };
    const there = (await observeCollection(client, ref))!;
    const replicas = (await loadOf(client, ref))?.replicas ?? 1;
    const { description, consistencyLevel, enableDynamicField, loadState } = there;
    // Milvus 3.0 counts the fields that a collection ever had.
    const { max_field_id: _fields, ...properties } = there.properties;
    return {
        // A name that the provider makes is another one each time.
        name: /_[0-9a-f]{7}$/.test(name) ? "" : name,
        ...{ description, consistencyLevel, enableDynamicField, properties },
        fields: there.fields
            .map(({ name, maxLength, mmap, warmup }) => JSON.stringify({ name, maxLength, mmap, warmup }))
            .sort(),
        functions: there.functions.map(({ name }) => name),
        partitions: there.partitions.toSorted(),
        ...{ indexes: there.indexes.map(indexText).sort(), load: `${loadState} ${replicas}` },
    };
}

function indexText({
    field,
    indexType,
    params,
}: {
    field: string;
    indexType: string;
    params: object;
}): string {
    return `${field} ${indexType} ${JSON.stringify(params)}`;
}

/** What serves clients: the indexes and what is in memory. */
export const serving = ({ indexes, load }: Awaited<ReturnType<typeof standing>>) => ({ indexes, load });
