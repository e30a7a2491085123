import { expect } from "chai";

import { describeAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { Connection } from "../../provider/inputs/schema/connection";
import { expectCarried } from "../support/data/carried";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import type { Engine } from "../../scripts/engine/stack";
import type { Server } from "../support/servers";
import type { Consumer } from "./consumer";
import type { Language } from "./languages";
import { startProject } from "./project";
import type { Recorder } from "./recorder";

export interface Smoke {
    engine: Engine;
    server: Server;
    consumer: Consumer;
    language: Language;
    recorder: Recorder;
}

let checks = 0;

/** The full life of a collection and its alias: created, filled, migrated with all rows, unchanged, destroyed. */
export async function smoke({ engine, server, consumer, language, recorder }: Smoke): Promise<void> {
    const prefix = `p${process.pid}_${++checks}_`;
    const names = { collection: `${prefix}docs`, alias: `${prefix}live` };
    const client = await MilvusClient.connect(
        Connection.parse({ address: server.address, token: server.token }),
    );
    const collections = async () =>
        (await listCollections(client, undefined)).filter((name) => name.startsWith(prefix));
    const aliasTarget = () => describeAlias(client, { database: undefined, alias: names.alias });
    const program = await startProject(consumer, language);
    const stack = await engine.createStack({ program, env: recorder.env });
    try {
        await stack.setConfig("milvus:address", server.address);
        await program.write(language.entry, language.text({ ...names, args: before }));
        expect(expectOk(await stack.up()).ops).to.include({ create: 2, replace: 0 });
        const [first] = await collections();
        expect(await aliasTarget()).to.equal(first);
        await insertRows({ client, collection: first!, fields: columnsOf(before), keys: int64Keys(1_000) });
        const stored = await readRows({ client, collection: first!, fields: columnsOf(before) });
        expect(stored.rows).to.equal(1_000);

        await program.write(language.entry, language.text({ ...names, args: after }));
        expect(expectOk(await stack.up()).ops).to.include({ create: 0, update: 1, replace: 1 });
        const [second, ...others] = await collections();
        expect(others, "the old collection is dropped").to.deep.equal([]);
        expect(second).to.not.equal(first);
        expect(await aliasTarget()).to.equal(second);
        expectCarried(stored, await readRows({ client, collection: names.alias, fields: columnsOf(after) }));
        expect(await stack.outputs()).to.include({ collection: second, name: names.alias });

        const again = expectOk(await stack.up());
        expect(again.ops).to.deep.equal({ create: 0, update: 0, replace: 0, delete: 0, same: 2 });
        expectOk(await stack.destroy());
        expect(await collections()).to.deep.equal([]);
    } finally {
        if (await aliasTarget()) await dropAlias(client, { database: undefined, alias: names.alias });
        for (const name of await collections()) await dropCollection(client, { database: undefined, name });
        client.close();
        await stack.close();
        await program.dispose();
    }
}
