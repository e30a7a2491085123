import { expect } from "chai";

import { Connection } from "../../../provider/inputs/schema/connection";
import { lives } from "../../../provider/lives";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { preflight as preflightOfAlias } from "../../../provider/resource/alias/preflight";
import { preflight } from "../../../provider/resource/collection/preflight";
import type { Context } from "../../../provider/resource/context/context";
import { newGeneration } from "../../../provider/resource/context/identity";
import { lookups } from "../../../provider/resource/lookup";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { contextOf } from "../../resource/context/contextOf";
import { type FakeMilvus, startFake } from "../../support/fake";
import { failure } from "../failure";
import { create, smallest } from "../open";
import { hidden } from "./step";

/** The collection of another team: it is there, and ShowCollections does not list it to the user `deployer`. */
const TAKEN = "taken";

describe("a name that is taken by a collection which the user does not see (fake)", () => {
    let fake: FakeMilvus;
    let root: MilvusClient;
    let context: Context;
    let lacks: string[] = [];
    let said: string[] = [];

    async function start(version = "2.6.18") {
        lacks = [];
        said = [];
        fake = await startFake({
            version,
            pending: 0,
            access: {
                knows: () => true,
                allows: ({ privilege }) => !lacks.includes(privilege.replace("Privilege", "")),
                sees: (_user, _database, name) => name !== TAKEN,
            },
        });
        const connect = (token: string) => Connection.parse({ address: fake.address, token });
        root = await MilvusClient.connect(connect("root:Milvus"));
        await create(root, TAKEN);
        context = {
            ...contextOf(fake.address, said, new Session("run 1")),
            connection: () => connect("deployer:secret-1"),
        };
    }
    afterEach(() => {
        root.close();
        fake.stop();
    });

    const docs = (args: object = {}): Props => ({
        ...{ fields: smallest, migration: { grace: 0 }, ...args },
        ...hidden("docs"),
        __generation: newGeneration(),
    });
    const alias = (args: object): Props => ({ ...args, ...hidden("live") });
    const life = (type: string) => lives[type]!(context);
    const names = () => fake.collections().map(({ name }) => name);

    it("is not listed, and found when it is asked for", async () => {
        await start();
        const look = lookups["getCollections"]!.look(context, {});
        expect(await look).to.deep.equal({ database: "default", names: [] });
        const found = await lookups["getCollection"]!.look(context, { name: TAKEN });
        expect(found).to.include({ collectionName: TAKEN });
    });

    it("is refused to a new collection, in the preview and by the creation", async () => {
        await start();
        const [obstacle] = await preflight(context, docs({ name: TAKEN }));
        expect(obstacle!.message).to.match(/a collection taken already exists .*\[MV301\]$/);
        const error = await failure(life("Collection").create(docs({ name: TAKEN })));
        expect(error.message).to.match(/a collection taken already exists .*\[MV301\]$/);
        expect(names()).to.deep.equal([TAKEN]);
    });

    it("is adopted where the program says so", async () => {
        await start();
        await life("Collection").create(docs({ name: TAKEN, adopt: true }));
        expect(names()).to.deep.equal([TAKEN]);
    });

    it("is refused to a collection that gets another name, and the collection keeps its own", async () => {
        await start();
        const { outs } = await life("Collection").create(docs({ name: "docs" }));
        const renames = () => fake.calls.filter((one) => one === "RenameCollection").length;
        const before = renames();
        const error = await failure(life("Collection").update(outs, docs({ name: TAKEN })));
        expect(error.message).to.match(/a collection taken already exists.*\[MV301\]$/);
        expect(names()).to.have.members([TAKEN, "docs"]);
        expect(renames()).to.equal(before);
    });

    it("is refused to an alias, and is a target of one", async () => {
        await start();
        await life("Collection").create(docs({ name: "docs" }));
        const taking = alias({ name: TAKEN, collection: "docs" });
        const [obstacle] = await preflightOfAlias(context, taking);
        expect(obstacle!.message).to.match(/taken is a collection.*\[MV311\]$/);
        expect((await failure(life("Alias").create(taking))).message).to.match(/\[MV311\]$/);
        // Before, there seemed to be no such collection (MV312).
        await life("Alias").create(alias({ name: "live", collection: TAKEN }));
    });

    it("is not taken for free by a user who may not ask", async () => {
        await start();
        lacks = ["DescribeCollection"];
        const denied = /deployer lacks the privilege DescribeCollection on .*\[MV204\]$/;
        const [obstacle] = await preflight(context, docs({ name: TAKEN }));
        expect(obstacle!.message).to.match(denied);
        expect((await failure(life("Collection").create(docs({ name: TAKEN })))).message).to.match(denied);
        const [ofAlias] = await preflightOfAlias(context, alias({ name: TAKEN, collection: "docs" }));
        expect(ofAlias!.message).to.match(denied);
        expect(names()).to.deep.equal([TAKEN]);
    });

    it("is listed by a server before 2.4.3, which asks for the privilege to list", async () => {
        await start("2.3.5");
        const look = lookups["getCollections"]!.look(context, {});
        expect(await look).to.deep.equal({ database: "default", names: [TAKEN] });
        lacks = ["ShowCollections"];
        const error = await failure(life("Collection").create(docs({ name: TAKEN })));
        expect(error.message).to.match(/lacks the privilege ShowCollections .*\[MV204\]$/);
    });
});

describe("what a creation asks before it begins (fake)", () => {
    it("is asked once a run, for collections of one database", async () => {
        const fake = await startFake({
            version: "2.6.18",
            pending: 0,
            access: { knows: () => true, allows: () => true },
        });
        const token = "deployer:secret-1";
        const said: string[] = [];
        const context = {
            ...contextOf(fake.address, said, new Session("run 1")),
            connection: () => Connection.parse({ address: fake.address, token }),
        };
        const asked = (method: string) => fake.calls.filter((one) => one === method).length;
        try {
            const one = (name: string): Props => ({
                ...{ name, fields: smallest, load: false },
                ...hidden(name),
                __generation: newGeneration(),
            });
            await lives["Collection"]!(context).create(one("first"));
            const aliases = asked("ListAliases");
            const described = asked("DescribeAlias");
            await lives["Collection"]!(context).create(one("second"));
            // One to see whether the name is free; none to see whether the user may ask.
            expect(asked("DescribeAlias") - described).to.equal(1);
            expect(asked("ListAliases") - aliases).to.be.lessThan(aliases);
            // What is granted by the name of a collection is asked for each.
            expect(asked("Query")).to.equal(2);
        } finally {
            fake.stop();
        }
    });
});
