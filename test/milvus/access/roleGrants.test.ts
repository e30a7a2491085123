import { expect } from "chai";

import { dropCollection } from "../../../provider/milvus/access/drop";
import { grant, operateGrant, revokeRecorded } from "../../../provider/milvus/access/operateGrant";
import { grantsOfRole, grantsOn } from "../../../provider/milvus/access/roleGrants";
import { createRole } from "../../../provider/milvus/access/roles";
import { create, open, ref } from "../../fake/open";

const made = ["reader", "writer", "nobody"];
/** With those that every server has. */
const roles = [...made, "admin", "public"];

async function stage(version: string) {
    const { client, fake } = await open(version);
    for (const role of made) await createRole(client, role);
    await client.call("CreateDatabase", { db_name: "library" });
    await create(client, "docs");
    for (const role of ["reader", "writer"])
        await grant(client, ref("docs"), { role, privilege: "Search", grantor: "root" });
    await grant(
        client,
        { database: "library", name: "docs" },
        { role: "reader", privilege: "Query", grantor: "root" },
    );
    // On the user docs, not on the collection.
    const docs = { role: "reader", database: "default", collection: "docs" };
    await client.call("OperatePrivilege", {
        entity: {
            role: { name: "reader" },
            object: { name: "User" },
            object_name: docs.collection,
            db_name: docs.database,
            grantor: { user: { name: "root" }, privilege: { name: "SelectUser" } },
        },
        type: "Grant",
    });
    return { client, fake, docs };
}

const count = (calls: readonly string[], name: string) => calls.filter((one) => one === name).length;

describe("grants of roles (fake)", () => {
    for (const version of ["2.3.5", "2.4.23", "2.5.16", "2.6.11"]) {
        it(`are read on one collection of one database on ${version}`, async () => {
            const { client } = await stage(version);
            const on = async (database: string | undefined) =>
                (await grantsOn(client, { database, name: "docs" })).map((one) => [one.role, one.privilege]);
            for (const database of [undefined, "default"])
                expect(await on(database)).to.deep.equal([
                    ["reader", "Search"],
                    ["writer", "Search"],
                ]);
            expect(await on("library")).to.deep.equal([["reader", "Query"]]);
        });

        it(`are read in all databases, each once, and taken away by what is recorded, on ${version}`, async () => {
            const { client, fake } = await stage(version);
            const all = await grantsOfRole(client, "reader", "default", "library", "*");
            expect(all.map(({ database, privilege }) => `${database} ${privilege}`)).to.have.members([
                "default Search",
                "default SelectUser",
                "library Query",
            ]);
            for (const one of all) await revokeRecorded(client, one);
            expect(fake.grants().map(({ role }) => role)).to.deep.equal(["writer"]);
        });

        it(`go with the drop of their collection, by a call for each role, on ${version}`, async () => {
            const { client, fake, docs } = await stage(version);
            if (!version.startsWith("2.3") && !version.startsWith("2.4"))
                await operateGrant(client, "Grant", docs, "CollectionReadOnly");
            const before = fake.calls.length;
            await dropCollection(client, ref("docs"));
            const calls = fake.calls.slice(before);
            expect(count(calls, "SelectRole")).to.equal(1);
            expect(count(calls, "SelectGrant")).to.equal(roles.length);
            const left = fake.grants().map(({ database, privilege }) => `${database} ${privilege}`);
            expect(left).to.have.members(["library Query", "default SelectUser"]);
        });
    }
});
