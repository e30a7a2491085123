import { expect } from "chai";

import { alterDatabase, createDatabase, describeDatabase } from "../../../provider/milvus/cluster/databases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { lives } from "../../../provider/lives";
import { providerOf } from "../../../provider/pulumi";
import type { Props } from "../../../provider/resource/session/props";
import { create, open, smallest } from "../../fake/open";
import { toFieldData } from "../../support/data/fieldData";
import { failure, outcome } from "../../fake/failure";
import { contextOf } from "../context/contextOf";

const deny = "database.force.deny.writing";
const replicas = "database.replica.number";

async function start(version = "2.6.18") {
    const { fake, client } = await open(version, { pending: 0 });
    const said: string[] = [];
    const life = providerOf("Database", contextOf(fake.address, said));
    const inputsOf = async (properties: Props, more: Props = {}) => {
        const news = { __owner: "shop/prod/library", __logicalName: "library", properties, ...more };
        return ((await life.check({ __owner: "shop/prod/library" }, news)) as { inputs: Props }).inputs;
    };
    const deploy = async (properties: Props) =>
        (await life.create(await inputsOf(properties))) as { id: string; outs: Props };
    return { fake, client, said, life, inputsOf, deploy, there: () => describeDatabase(client, "library") };
}

describe("the life of a database with properties", () => {
    it("creates, changes and deletes them in place, and finds no change after it", async () => {
        const { life, inputsOf, deploy, there } = await start();
        const { id, outs } = await deploy({ "database.max.collections": 10, timezone: "UTC" });
        expect(await there()).to.deep.equal({ "database.max.collections": "10", timezone: "UTC" });
        const news = await inputsOf({ "database.max.collections": 20 });
        expect(await life.diff(id, outs, news)).to.deep.include({ changes: true, replaces: [] });
        const { outs: after } = (await life.update(id, outs, news)) as { outs: Props };
        expect(await there()).to.deep.equal({ "database.max.collections": "20" });
        expect(await life.diff(id, after, news)).to.deep.include({ changes: false });
    });

    it("finds a property that was changed or deleted by hand, and no property of somebody else", async () => {
        const { client, life, inputsOf, deploy, there } = await start();
        const declared = { "database.max.collections": "10", [deny]: "false" };
        const { id, outs } = await deploy(declared);
        await alterDatabase(client, "library", { "replicate.id": "other", "database.diskQuota.mb": "5" }, []);
        expect((await life.read(id, outs)).props).to.deep.include({ properties: declared });
        await alterDatabase(client, "library", { "database.max.collections": "1" }, [deny]);
        const { props } = (await life.read(id, outs)) as { props: Props };
        expect(props.properties).to.deep.equal({ "database.max.collections": "1" });
        await life.update(id, props, await inputsOf(declared));
        expect(await there()).to.deep.include({ ...declared, "database.diskQuota.mb": "5" });
    });

    it("is imported with the properties that a program would declare, without those of the server", async () => {
        const { fake, client, life, inputsOf } = await start();
        await createDatabase(client, "library", { timezone: "UTC", "cipher.ezID": "7", "replicate.id": "a" });
        const hidden = { __owner: "shop/prod/library", __logicalName: "library" };
        const imported = await lives.Database!(contextOf(fake.address)).import("library", hidden);
        expect(imported!.inputs).to.deep.equal({ name: "library", properties: { timezone: "UTC" } });
        const news = await inputsOf({ timezone: "UTC" });
        expect(await life.diff("library", imported!.outs, news)).to.deep.include({ changes: false });
    });

    it("keeps the replicas of loaded collections where another property changes", async () => {
        const { fake, client, life, inputsOf, deploy } = await start();
        const { id, outs } = await deploy({ [replicas]: 2 });
        await create(client, "docs", { database: "library" });
        const docs = fake.collections().find(({ name }) => name === "docs")!;
        docs.replicas = 2;
        await life.update(id, outs, await inputsOf({ [replicas]: 2, [deny]: true }));
        expect(docs.replicas).to.equal(2);
    });

    it("warns in a preview of what clients can no longer do, and tells when they can again", async () => {
        const { said, life, inputsOf, deploy } = await start();
        const { id, outs } = await deploy({});
        await life.diff(id, outs, await inputsOf({ [deny]: "true", "database.force.deny.reading": false }));
        expect(said).to.have.length(1);
        expect(said[0]).to.match(/^warning: library: .*refuses every insert, upsert and delete.*\[MV409\]$/);
        await life.diff(id, { ...outs, properties: { [deny]: "true" } }, await inputsOf({}));
        expect(said[1]).to.include("takes writes in database library again");
    });

    it("warns at its creation that nobody can write to it, or read from it, and of nothing else", async () => {
        const { client, said, life } = await start();
        const checkOf = (properties: Props, more: Props = {}) =>
            life.check({}, { __owner: "shop/prod/new", __logicalName: "new", properties, ...more });
        await checkOf({ [replicas]: 2, "database.force.deny.reading": "false", timezone: "UTC" });
        expect(said).to.deep.equal([]);
        await checkOf({ [deny]: true, "database.force.deny.reading": "TRUE" });
        expect(said).to.have.length(2);
        expect(said[0]).to.match(/^warning: new: .*refuses every insert, upsert and delete.*\[MV409\]$/);
        expect(said[1]).to.include("refuses every search and query");
        await checkOf({ [deny]: true });
        expect(said, "a second check").to.have.length(2);

        await createDatabase(client, "library", { [deny]: "true" });
        const adopted = { name: "library", adopt: true };
        await checkOf({ [deny]: true }, adopted);
        expect(said, "nothing changes").to.have.length(2);
        await checkOf({ [deny]: false }, adopted);
        expect(said[2]).to.include("takes writes in database library again");
    });

    it("refuses in the preview to change what is fixed when the database is created", async () => {
        const { life, inputsOf, deploy } = await start();
        const { id, outs } = await deploy({});
        const news = await inputsOf({ "cipher.enabled": true });
        expect((await failure(life.diff(id, outs, news))).message).to.include("[MV408]");
        expect((await failure(life.update(id, outs, news))).message).to.include("[MV408]");
    });

    it("keeps rows that are protected, also where it may drop all collections", async () => {
        const { fake, client, life, inputsOf } = await start();
        const { outs } = (await life.create(await inputsOf({}, { forceDestroy: true }))) as { outs: Props };
        const args = { database: "library", name: "docs", fields: smallest, deletionProtection: true };
        const docs = providerOf("Collection", contextOf(fake.address));
        const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };
        await docs.create({ ...args, ...hidden });
        const row = toFieldData({ name: "id", dataType: "Int64" }, ["1"]);
        const vector = toFieldData({ name: "vector", dataType: "FloatVector", dim: 2 }, [[0.5, -1]]);
        const into = { db_name: "library", collection_name: "docs" };
        await client.call("Insert", { ...into, num_rows: 1, fields_data: [row, vector] });
        const { message } = await failure(life.delete("library", outs));
        expect(message).to.include("the collection docs with 1 row").and.to.include("[MV305]");
        expect(fake.collections()).to.have.length(1);

        await setProperties(client, { database: "library", name: "docs" }, { "pulumi.protected": "false" });
        await life.delete("library", outs);
        expect(fake.collections()).to.deep.equal([]);
    });

    it("refuses to delete one on a server that cannot", async () => {
        const { life, inputsOf, deploy, there } = await start("2.4.17");
        const { id, outs } = await deploy({ "database.max.collections": 10 });
        const news = await inputsOf({});
        expect((await failure(life.diff(id, outs, news))).message)
            .to.include("2.4.18 or later")
            .and.to.include("[MV401]");
        expect(await there()).to.deep.equal({ "database.max.collections": "10" });
    });

    it("refuses properties on a server that stores none", async () => {
        const { life, inputsOf, deploy } = await start("2.4.0");
        expect((await failure(deploy({ timezone: "UTC" }))).message).to.include("[MV401]");
        const { id } = await deploy({});
        expect(id).to.equal("library");
        expect(await life.diff(id, await inputsOf({}), await inputsOf({}))).to.deep.include({
            changes: false,
        });
    });
});

describe("the databases of the fake", () => {
    it("take no unknown time zone, and no change of both kinds in one call", async () => {
        const { client } = await start();
        expect(await outcome(createDatabase(client, "library", { timezone: "Mars" }))).to.equal(
            "1100 invalid",
        );
        await createDatabase(client, "library", {});
        const both = { db_name: "library", properties: [{ key: "a", value: "1" }], delete_keys: ["b"] };
        expect(await outcome(client.call("AlterDatabase", both))).to.equal("1100 invalid");
    });
});
