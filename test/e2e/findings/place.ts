import { MilvusClient } from "../../../provider/milvus/transport/client";
import { dropAlias, listAliases } from "../../../provider/milvus/collection/aliases";
import {
    type CollectionRef,
    dropCollection,
    listCollections,
} from "../../../provider/milvus/collection/collections";
import type { CollectionPlan } from "../../../provider/plan/plan";
import { create, diff, remove } from "../../../provider/resource/collection";
import type { Outputs } from "../../../provider/resource/context/outputs";
import type { Context } from "../../../provider/resource/context/context";
import type { Props } from "../../../provider/resource/session/props";
import { newGeneration } from "../../../provider/resource/context/identity";
import { collectionRequest, collectionState } from "../../../provider/resource/context/resourceState";
import { Session } from "../../../provider/resource/session/session";
import type { CollectionArguments } from "../../../provider/inputs/schema/collection";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { columnsOf } from "../../support/data/exampleCollection";
import { insertRows, int64Keys } from "../../support/data/rows";

/** A collection that a program has deployed, on one server: its changes are planned and made without an engine. */
export interface Place {
    address: string;
    client: MilvusClient;
    ref: CollectionRef;
    /** A name of this test's own. */
    name: (suffix: string) => string;
    /** Rows from the seed. */
    insert(count: number): Promise<void>;
    /** As a preview: what the plan says of the program's next version; `address` is where the server is looked for. */
    plan(next: CollectionArguments, address?: string): Promise<CollectionPlan>;
    /** As an `up` that replaces: the successor with the rows of the old. */
    replace(next: CollectionArguments): Promise<Outputs>;
    /** As the end of that `up`, which drops the old one. */
    remove(): Promise<void>;
    /** A run after an interrupted one: it knows the new collection, and nothing of the run before. */
    laterRun(): Context;
    close(): Promise<void>;
}

const print = () => undefined;
let places = 0;

export const contextOf = (address: string, session = new Session("findings")): Context => ({
    connection: () => Connection.parse({ address }),
    print,
    policy: () => ({ destructive: "warn", planFormat: "text", preview: "warn" }),
    settings: () => [],
    session,
});

function specOf(args: CollectionArguments) {
    const { spec, failures } = parseCollection({ ...args });
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}

export async function deploy(address: string, args: CollectionArguments): Promise<Place> {
    const client = await MilvusClient.connect(Connection.parse({ address }));
    const name = `f${process.pid}_${++places}`;
    const hidden = (): Props => ({
        __owner: `findings/test/${name}`,
        __logicalName: name,
        __generation: newGeneration(),
    });
    const context = contextOf(address);
    const props = { ...args, ...hidden() };
    let active: Props = props;
    const outs = await create(context, collectionRequest(props));
    const ref = { database: args.database, name: outs.collectionName };
    const owned = new Set([ref.name]);
    return {
        address,
        client,
        ref,
        name: (suffix) => `${name}_${suffix}`,
        insert: async (count) => {
            const made = new Set(args.functions?.flatMap(({ outputFieldNames }) => outputFieldNames));
            const fields = columnsOf(args).filter(({ name }) => !made.has(name));
            const keys = fields.some(({ autoId }) => autoId) ? {} : { keys: int64Keys(count) };
            await insertRows({ client, collection: ref.name, fields, count, ...keys });
        },
        plan: (next, elsewhere = address) =>
            diff(contextOf(elsewhere, context.session), collectionState({ ...props, ...outs }), specOf(next)),
        replace: async (next) => {
            const inputs = { ...next, ...hidden() };
            const made = await create(context, collectionRequest(inputs));
            active = { ...inputs, ...made };
            owned.add(made.collectionName);
            return made;
        },
        remove: () => remove(context, collectionState({ ...props, ...outs })),
        laterRun: () => {
            const later = contextOf(address, new Session("a later run"));
            later.session.activeGenerations.set(active.__owner as string, active);
            return later;
        },
        close: async () => {
            // A migration that failed may have left its copy.
            const left = (await listCollections(client, ref.database)).filter((one) =>
                one.startsWith(`${name}_`),
            );
            for (const one of new Set([...owned, ...left])) await drop(client, { ...ref, name: one });
            client.close();
        },
    };
}

async function drop(client: MilvusClient, ref: CollectionRef): Promise<void> {
    for (const alias of await listAliases(client, ref)) await dropAlias(client, { ...ref, alias });
    await dropCollection(client, ref);
}
