import { expect } from "chai";

import { dropCollection } from "../../../provider/milvus/access/drop";
import { grantKind } from "../../../provider/resource/grant";
import { objectLife } from "../../../provider/resource/object";
import { privilegeGroupKind } from "../../../provider/resource/privilegeGroup";
import type { Props } from "../../../provider/resource/session/props";
import { create as createCollection, open, ref } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const hidden = { __owner: "p/s/readers", __logicalName: "readers" };
const grantOf = (args: Props): Props => ({
    role: "reader",
    privileges: ["Search", "Query"],
    ...args,
    ...hidden,
});

async function stage(version: string) {
    const { client, fake } = await open(version);
    await client.call("CreateRole", { entity: { name: "reader" } });
    for (const name of ["docs", "other"]) await createCollection(client, name);
    const said: string[] = [];
    const context = contextOf(fake.address, said);
    const on = (name: string) =>
        fake
            .grants()
            .filter((one) => one.name === name)
            .map(({ privilege }) => privilege)
            .sort();
    return { client, fake, said, on, life: objectLife(grantKind)(context), context };
}

const by = (privilege: string) => ({
    role: { name: "reader" },
    object: { name: "Collection" },
    object_name: "docs",
    grantor: { user: { name: "root" }, privilege: { name: privilege } },
});

describe("a Grant (fake)", function () {
    this.timeout(60_000);
    for (const version of ["2.4.23", "2.5.16", "2.6.18"]) {
        it(`takes away only what it gave on ${version}`, async () => {
            const { client, life, on, said } = await stage(version);
            await client.call("OperatePrivilege", { entity: by("Search"), type: "Grant" });
            const { outs } = await life.create(grantOf({ collection: "docs" }));
            expect(on("docs")).to.deep.equal(["Query", "Search"]);
            expect(said.join("\n")).to.include("reader had Search on default/docs already");
            await life.delete(outs);
            expect(on("docs")).to.deep.equal(["Search"]);
        });

        it(`goes from one collection to another in place on ${version}`, async () => {
            const { life, on } = await stage(version);
            const { outs } = await life.create(grantOf({ collection: "docs" }));
            const news = grantOf({ collection: "other", privileges: ["Search"] });
            expect((await life.diff(outs, news)).replaces).to.deep.equal([]);
            const after = await life.update(outs, news);
            expect([on("docs"), on("other")]).to.deep.equal([[], ["Search"]]);
            await life.delete(after);
            expect(on("other")).to.deep.equal([]);
        });

        it(`finds what was taken away by hand, and gives it again on ${version}`, async () => {
            const { client, life, on } = await stage(version);
            const { id, outs } = await life.create(grantOf({ collection: "docs" }));
            await client.call("OperatePrivilege", { entity: by("Query"), type: "Revoke" });
            expect(on("docs")).to.not.include("Query");
            const read = await life.read(id, outs);
            expect(read!.props.privileges).to.deep.equal(["Search"]);
            const after = await life.update(read!.props, grantOf({ collection: "docs" }));
            expect(on("docs")).to.deep.equal(["Query", "Search"]);
            expect((await life.diff(after, grantOf({ collection: "docs" }))).changes).to.equal(false);
        });

        it(`leaves nothing on the name of a dropped collection on ${version}`, async () => {
            const { client, life, fake } = await stage(version);
            await life.create(grantOf({ collection: "docs" }));
            await dropCollection(client, ref("docs"));
            expect(fake.grants()).to.deep.equal([]);
        });
    }

    it("names the privilege that was meant", async () => {
        const { life } = await stage("2.6.18");
        const failed = await life
            .create(grantOf({ privileges: ["Serach"] }))
            .catch((error: unknown) => error);
        expect(String(failed)).to.include('Did you mean "Search"?').and.include("[MV421]");
    });

    it("refuses groups, and wide privileges on one collection, before 2.5", async () => {
        const { life } = await stage("2.4.23");
        const group = grantOf({ privileges: [], privilegeGroups: ["CollectionReadOnly"] });
        expect(String(await life.create(group).catch((error: unknown) => error))).to.include("[MV401]");
        const wide = grantOf({ privileges: ["DescribeCollection"], collection: "docs" });
        expect(String(await life.create(wide).catch((error: unknown) => error))).to.include("[MV422]");
    });

    it("imports all that the role has at a place", async () => {
        const { life } = await stage("2.6.18");
        await life.create(grantOf({ collection: "docs", privilegeGroups: ["CollectionReadOnly"] }));
        const found = await life.import("reader/default/docs", hidden);
        expect(found!.inputs.privileges).to.have.members(["Search", "Query"]);
        expect(found!.inputs.privilegeGroups).to.deep.equal(["CollectionReadOnly"]);
    });
});

describe("an imported Grant (fake)", function () {
    this.timeout(60_000);
    for (const version of ["2.3.5", "2.4.23", "2.6.18"])
        it(`takes away what it has by the object that is recorded on ${version}`, async () => {
            const { client, life, fake } = await stage(version);
            for (const object of ["Collection", "Global"])
                await client.call("OperatePrivilege", {
                    entity: { ...by("*"), object: { name: object }, object_name: "*" },
                    type: "Grant",
                });
            const found = await life.import("reader/default/*", hidden);
            expect(found!.inputs.privileges).to.deep.equal(["*"]);
            expect((await life.diff(found!.outs, { ...found!.inputs, ...hidden })).changes).to.equal(false);
            await life.delete({ ...found!.outs, ...hidden });
            expect(fake.grants()).to.deep.equal([]);
        });

    it("may be of any role that Milvus takes", async () => {
        const { life } = await stage("2.6.18");
        const { failures } = await life.check(undefined, {
            ...grantOf({ role: "team$reader" }),
            adopt: true,
        });
        expect(failures.map(({ reason }) => reason).join()).to.not.include("[MV007]");
    });
});

describe("a PrivilegeGroup (fake)", function () {
    this.timeout(60_000);
    it("changes in place, and is not dropped while a role has it", async () => {
        const { fake, context, life: grants, client } = await stage("2.6.18");
        const life = objectLife(privilegeGroupKind)(context);
        const group = (privileges: string[]) => ({
            name: "ingest",
            privileges,
            __owner: "p/s/g",
            __logicalName: "g",
        });
        const { outs } = await life.create(group(["Insert", "Flush"]));
        const after = await life.update(outs, group(["Insert", "Upsert"]));
        const listed = await client.call("ListPrivilegeGroups", {});
        expect(JSON.stringify(listed.privilege_groups)).to.include("Upsert").and.not.include("Flush");
        const grant = await grants.create(grantOf({ privileges: [], privilegeGroups: ["ingest"] }));
        const failed = String(await life.delete(after).catch((error: unknown) => error));
        expect(failed).to.include("reader on default/*").and.include("[MV420]");
        await grants.delete(grant.outs);
        await life.delete(after);
        expect(fake.grants()).to.deep.equal([]);
    });

    it("is refused before 2.5", async () => {
        const { context } = await stage("2.4.23");
        const failed = await objectLife(privilegeGroupKind)(context)
            .create({ name: "ingest", privileges: ["Insert"], __owner: "p/s/g", __logicalName: "g" })
            .catch((error: unknown) => error);
        expect(String(failed)).to.include("[MV401]");
    });
});
