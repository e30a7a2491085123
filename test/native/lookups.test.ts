import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import type { WireProps } from "../../provider/native/wireValues";
import { CollectionInputs } from "../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../provider/inputs/normalize";
import { createAlias } from "../../provider/milvus/collection/aliases";
import { createCollection } from "../../provider/milvus/collection/collections";
import { create, insert, open, serve, smallest } from "../fake/open";
import { failure } from "../fake/failure";
import { Plugin, urnOf } from "./plugin";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("functions that look things up", () => {
    let plugin: Plugin;
    async function start(version = "2.6.18") {
        const opened = await open(version, { pending: 0 });
        plugin = await Plugin.start();
        await plugin.configure({ address: opened.fake.address });
        return opened;
    }
    afterEach(() => plugin.stop());

    async function invoke(name: string, args: WireProps = {}, preview = false) {
        const request = new proto.InvokeRequest().setTok(`milvus:index:${name}`).setArgs(toStruct(args));
        const answer = await plugin.call<proto.InvokeResponse>("invoke", request.setPreview(preview));
        const { failuresList } = answer.toObject();
        return { result: answer.getReturn()!.toJavaScript() as WireProps, failures: failuresList };
    }

    it("tells all of a collection, by its name and by an alias", async () => {
        const { client } = await start();
        await create(client, "docs", {
            fields: [...smallest, { name: "text", dataType: "VarChar", maxLength: 64, nullable: true }],
            description: "chunks",
            enableDynamicField: true,
            partitions: [],
            properties: { "collection.ttl.seconds": 3600 },
        });
        await serve(client, "docs");
        await createAlias(client, { database: undefined, alias: "live" }, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1", "2", "3"] });
        const { result, failures } = await invoke("getCollection", { name: "docs" });
        expect(failures).to.deep.equal([]);
        expect(result).to.deep.include({
            collectionName: "docs",
            database: "default",
            description: "chunks",
            fields: [
                { name: "id", dataType: "Int64", isPrimaryKey: true },
                { name: "vector", dataType: "FloatVector", dim: 2 },
                { name: "text", dataType: "VarChar", maxLength: 64, nullable: true },
            ],
            functions: [],
            indexes: [{ field: "vector", indexType: "AUTOINDEX" }],
            partitions: [],
            enableDynamicField: true,
            shardsNum: 1,
            consistencyLevel: "Bounded",
            // The server adds the zone.
            properties: { "collection.ttl.seconds": "3600", timezone: "UTC" },
            loadState: "loaded",
            rowCount: 3,
            isRowCountExact: true,
            aliases: ["live"],
        });
        expect(result).to.not.have.any.keys("owner", "generation", "numPartitions");
        expect((await invoke("getCollection", { name: "live" })).result).to.deep.equal(result);
    });

    it("names the resource that manages a collection", async () => {
        await start();
        const docs = urnOf("Collection", "docs");
        const { inputs } = await plugin.check(docs, { fields: smallest });
        const { id } = await plugin.create(docs, inputs);
        const { result } = await invoke("getCollection", { name: id });
        expect(result).to.include({ owner: "shop/prod/docs", collectionName: id });
        expect(result["generation"]).to.equal(id.replace("docs_", ""));
    });

    it("says that rows of a collection that is not loaded are not counted exactly", async () => {
        const { client } = await start();
        await create(client, "docs");
        const { result } = await invoke("getCollection", { name: "docs" });
        expect(result).to.include({ loadState: "not-loaded", rowCount: 0, isRowCountExact: false });
    });

    it("tells where an alias points, and which collections there are", async () => {
        const { client } = await start();
        for (const name of ["pages", "docs"]) await create(client, name);
        await createAlias(client, { database: undefined, alias: "live" }, "docs");
        expect((await invoke("getAlias", { name: "live" })).result).to.deep.equal({
            name: "live",
            database: "default",
            collection: "docs",
        });
        expect((await invoke("getCollections")).result).to.deep.equal({
            database: "default",
            names: ["docs", "pages"],
        });
    });

    it("looks in another database", async () => {
        const { client } = await start();
        await client.call("CreateDatabase", { db_name: "library" });
        const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
        await createCollection(client, { database: "library", name: "books" }, spec, {});
        expect((await invoke("getCollections", { database: "library" })).result).to.deep.equal({
            database: "library",
            names: ["books"],
        });
        const { result } = await invoke("getCollection", { name: "books", database: "library" });
        expect(result).to.include({ collectionName: "books", database: "library" });
        expect((await failure(invoke("getCollection", { name: "books" }))).message).to.match(
            /has no collection or alias books in database default\. .* \[MV391\]\n  see: .+#mv391$/,
        );
    });

    it("asks the server of the provider, and another one by `connection`", async () => {
        const { fake } = await start();
        const old = await open("2.3.5", { pending: 0 });
        const { result } = await invoke("getServer");
        expect(result).to.include({ server: "milvus 2.6.18", version: "2.6.18", isLite: false });
        expect(result).to.include({ address: fake.address, database: "default" });
        expect(result["capabilities"]).to.include.members(["aliases", "addField"]);
        const other = await invoke("getServer", { connection: { address: old.fake.address, token: "a:b" } });
        expect(other.result).to.include({ version: "2.3.5", address: old.fake.address });
        expect(other.result["capabilities"]).to.not.include("addField");
        expect(JSON.stringify(other.result)).to.not.include("a:b");
    });

    it("fails where nothing is there, and names the server", async () => {
        const { fake } = await start();
        expect((await failure(invoke("getAlias", { name: "live" }))).message).to.include(
            `getAlias: ${fake.address} has no alias live in database default. `,
        );
        expect((await failure(invoke("getIndex"))).message).to.match(
            /has no function getIndex\. It has getCollection, .* \[MV392\]\n  see: .+#mv392$/,
        );
    });

    it("reports wrong arguments, all at once and without asking a server", async () => {
        await start();
        const { failures } = await invoke("getCollection", { name: "my docs", datebase: "library" });
        expect(failures.map(({ property }) => property).sort()).to.deep.equal(["datebase", "name"]);
        expect(failures.map(({ reason }) => reason).join()).to.match(
            /\[MV002\].*\[MV007\]|\[MV007\].*\[MV002\]/s,
        );
        const { failures: none } = await invoke("getCollection");
        expect(none.map(({ property }) => property)).to.deep.equal(["name"]);
    });

    it("answers nothing where an argument is known only at `pulumi up`", async () => {
        await start();
        expect(await invoke("getCollection", { name: unknown }, true)).to.deep.equal({
            result: {},
            failures: [],
        });
    });

    it("leaves out what a server does not tell", async () => {
        const { client } = await start("2.3.5");
        await create(client, "docs");
        const { result } = await invoke("getCollection", { name: "docs" });
        expect(Object.values(result)).to.not.include(null);
    });
});
