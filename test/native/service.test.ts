import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { toStruct } from "../../provider/native/answers";
import { secretValue, type WireProps } from "../../provider/native/wireValues";
import { collectionLife } from "../../provider/resource/collection";
import { create as createOnServer, insert, open, serve } from "../fake/open";
import { failure } from "../fake/failure";
import { Plugin, urnOf } from "./plugin";
import { version } from "../support/version";

const docs = urnOf("Collection", "docs");
const live = urnOf("Alias", "live");
const id = { name: "id", dataType: "Int64" as const, isPrimaryKey: true };
const vector = { name: "vector", dataType: "FloatVector" as const, dim: 2 };
const text = { name: "text", dataType: "VarChar" as const, maxLength: 64 };
const program: WireProps = { fields: [id, vector, text], migration: { grace: 0 } };
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the native provider", () => {
    let plugin: Plugin;
    async function start(...given: Parameters<typeof Plugin.start>) {
        const opened = await open("2.6.18", { pending: 0 });
        plugin = await Plugin.start(...given);
        await plugin.configure({ address: opened.fake.address });
        return opened;
    }
    afterEach(() => plugin.stop());

    async function deploy(inputs: WireProps, seed?: string) {
        const checked = await plugin.check(docs, inputs, {}, seed);
        expect(checked.failures).to.deep.equal([]);
        return { inputs: checked.inputs, ...(await plugin.create(docs, checked.inputs)) };
    }

    it("tells what it is", async () => {
        await start();
        const info = await plugin.call<PluginInfo>("getPluginInfo", new Empty());
        expect(info.getVersion()).to.equal(version);
        const schema = await plugin.call<proto.GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
        expect(schema.getSchema()).to.equal("{}");
        const answer = await plugin.call<proto.ProviderHandshakeResponse>(
            "handshake",
            new proto.ProviderHandshakeRequest(),
        );
        expect(answer.toObject()).to.deep.equal({
            acceptSecrets: true,
            acceptResources: false,
            acceptOutputs: false,
            supportsAutonamingConfiguration: true,
        });
    });

    it("creates, finds nothing to change, reads and deletes", async () => {
        const { fake } = await start();
        const { inputs, id: name, outs } = await deploy(program);
        expect(name).to.match(/^docs_[0-9a-f]{7}$/);
        expect(outs).to.include({ collectionName: name, generation: inputs["__generation"] });
        expect(outs).to.include({ __owner: "shop/prod/docs" });
        const { changes, replacesList } = await plugin.diff(docs, name, outs, inputs);
        expect(changes).to.equal(proto.DiffResponse.DiffChanges.DIFF_NONE);
        expect(replacesList).to.deep.equal([]);
        const now = await plugin.read(docs, name, outs, inputs);
        expect(now).to.deep.equal({ id: name, outs, inputs });
        await plugin.remove(docs, name, outs);
        expect(fake.collections()).to.deep.equal([]);
        expect((await plugin.read(docs, name, outs, inputs)).id).to.equal("");
    });

    it("carries the rows over where the schema changes, and tells the engine where it changes", async () => {
        const { fake, client } = await start();
        const first = await deploy(program);
        const alias = await plugin.check(live, { collection: first.id });
        const pointed = await plugin.create(live, alias.inputs);
        expect(pointed.id).to.equal("live");
        await insert(client, first.id, program as never, { id: ["1", "2"], text: ["a", "b"] });
        const changed: WireProps = {
            ...program,
            fields: [id, vector, { ...text, maxLength: 64, name: "body", previousName: "text" }],
        };
        const { inputs } = await plugin.check(docs, changed, first.inputs, "next");
        const { replacesList, detaileddiffMap, stablesList } = await plugin.diff(
            docs,
            first.id,
            first.outs,
            inputs,
        );
        expect(replacesList).to.deep.equal(["fields"]);
        expect(stablesList).to.deep.equal([]);
        const { UPDATE_REPLACE, ADD_REPLACE } = proto.PropertyDiff.Kind;
        expect(detaileddiffMap).to.deep.equal([
            ["fields[2].name", { kind: UPDATE_REPLACE, inputdiff: true }],
            ["fields[2].previousName", { kind: ADD_REPLACE, inputdiff: true }],
        ]);
        // A replacement is checked once more, without the old inputs.
        const second = await deploy(changed, "next");
        expect(second.id).to.not.equal(first.id);
        const moved = await plugin.update(live, "live", pointed.outs, {
            ...alias.inputs,
            collection: second.id,
        });
        expect(moved).to.include({ collection: second.id });
        await plugin.remove(docs, first.id, first.outs);
        const [left, ...others] = fake.collections();
        expect(others).to.deep.equal([]);
        expect(left).to.include({ name: second.id });
        expect(left!.rows).to.have.length(2);
    });

    it("shows in a preview what it knows, and touches nothing", async () => {
        const { fake } = await start();
        const { inputs } = await plugin.check(docs, program);
        const { outs, id: none } = await plugin.create(docs, inputs, { preview: true });
        expect(none).to.equal("");
        expect(outs).to.include({ collectionName: unknown, generation: unknown, collectionId: unknown });
        const named = await plugin.check(docs, { ...program, name: "docs" });
        expect((await plugin.create(docs, named.inputs, { preview: true })).outs).to.include({
            collectionName: "docs",
        });
        expect(fake.collections()).to.deep.equal([]);
    });

    it("shows in a preview the name that an update in place gives, and calls no other name stable", async () => {
        const { fake } = await start();
        const named = { ...program, name: "docs" };
        const { inputs, id: name, outs } = await deploy(named);
        for (const [news, expected] of [
            [program, `docs_${outs["generation"] as string}`],
            [{ ...program, name: "pages" }, "pages"],
            [{ ...named, description: "of the shop" }, "docs"],
        ] as const) {
            const checked = await plugin.check(docs, news, inputs);
            const { stablesList } = await plugin.diff(docs, name, outs, checked.inputs);
            expect(stablesList.includes("collectionName")).to.equal(expected === "docs");
            const request = new proto.UpdateRequest().setUrn(docs).setId(name).setPreview(true);
            const answer = await plugin.call<proto.UpdateResponse>(
                "update",
                request.setOlds(toStruct(outs)).setNews(toStruct(checked.inputs)),
            );
            expect(answer.getProperties()!.toJavaScript()).to.include({ collectionName: expected });
        }
        expect(fake.collections().map((one) => one.name)).to.deep.equal(["docs"]);
    });

    it("keeps secrets as secrets, in inputs, outputs and after a refresh", async () => {
        const { fake } = await start();
        const connection = { address: fake.address, username: "root", password: "Milvus" };
        const nullable = { ...text, nullable: true, backfill: secretValue("hidden") };
        const {
            inputs,
            outs,
            id: name,
        } = await deploy({ ...program, fields: [id, vector, nullable], connection });
        const read = await plugin.read(docs, name, outs, inputs);
        for (const props of [inputs, outs, read.outs, read.inputs]) {
            const { connection: kept, fields } = props as { connection: object; fields: object[] };
            expect(kept).to.have.deep.property("password", secretValue("Milvus"));
            expect(fields[2]).to.have.deep.property("backfill", secretValue("hidden"));
        }
    });

    it("imports a collection that others made, so that the next `up` changes nothing", async () => {
        const { client } = await start();
        const made = { fields: [id, vector, text] };
        await createOnServer(client, "elsewhere", made);
        await serve(client, "elsewhere", made.fields);
        const found = await plugin.read(docs, "elsewhere");
        expect(found.id).to.equal("elsewhere");
        expect(found.inputs).to.include({ name: "elsewhere" });
        expect(found.inputs["fields"]).to.deep.equal([
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim: 2 },
            { name: "text", dataType: "VarChar", maxLength: 64 },
        ]);
        // What the server has set by itself: one shard, a time zone.
        expect(found.inputs).to.have.all.keys("name", "fields", "indexes", "__generation");
        const { inputs } = await plugin.check(docs, found.inputs, found.inputs);
        const { changes } = await plugin.diff(docs, "elsewhere", found.outs, inputs);
        expect(changes).to.equal(proto.DiffResponse.DiffChanges.DIFF_NONE);
        expect((await plugin.read(docs, "nowhere")).id).to.equal("");
    });

    it("imports no collection of another resource", async () => {
        await start();
        const { id: name } = await deploy(program);
        const error = await failure(plugin.read(urnOf("Collection", "other"), name));
        expect(error.message).to.include("belongs to shop/prod/docs").and.include("[MV333]");
    });

    it("never replaces a provider, whose resources would be left behind", async () => {
        await start();
        const request = new proto.DiffRequest()
            .setOldInputs(toStruct({ address: "a:1", token: secretValue("x") }))
            .setNews(toStruct({ address: "b:1", token: secretValue("x") }));
        const answer = await plugin.call<proto.DiffResponse>("diffConfig", request);
        expect(answer.getDiffsList()).to.deep.equal(["address"]);
        expect(answer.getReplacesList()).to.deep.equal([]);
    });

    it("marks the credentials of an explicit provider as secrets", async () => {
        await start();
        const request = new proto.CheckRequest().setNews(toStruct({ address: "a:1", token: "root:Milvus" }));
        const answer = await plugin.call<proto.CheckResponse>("checkConfig", request);
        expect(answer.getInputs()!.toJavaScript()).to.deep.equal({
            address: "a:1",
            token: secretValue("root:Milvus"),
        });
    });

    it("ends a call in its time, and tells that the next run resumes it (MV354)", async () => {
        const never = () => new Promise<never>(() => undefined);
        await start({ Collection: (context) => ({ ...collectionLife(context), create: never }) });
        const { inputs } = await plugin.check(docs, program);
        const error = await failure(plugin.create(docs, inputs, { timeout: 0.05 }));
        expect(error.message).to.include("docs: not done within 0.05 s").and.include("[MV354]");
    });

    it("ends all calls where the engine cancels (MV355)", async () => {
        let begun: () => void;
        const atWork = new Promise<void>((resolve) => (begun = resolve));
        const never = () => {
            begun();
            return new Promise<never>(() => undefined);
        };
        await start({ Collection: (context) => ({ ...collectionLife(context), create: never }) });
        const { inputs } = await plugin.check(docs, program);
        const creating = failure(plugin.create(docs, inputs));
        await atWork;
        await plugin.call("cancel", new Empty());
        expect((await creating).message)
            .to.include("docs: cancelled")
            .and.include("[MV355]");
    });

    it("names arguments that are wrong, and a resource that it does not have", async () => {
        await start();
        const { failures } = await plugin.check(docs, { fields: [id, { ...vector, dim: 1 }] });
        expect(failures[0]).to.have.property("property", "fields[1].dim");
        const error = await failure(plugin.check(urnOf("Shard", "first"), {}));
        expect(error.message)
            .to.include("pulumi-milvus has no resource milvus:index:Shard")
            .and.include("[MV347]");
    });
});
