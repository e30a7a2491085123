import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { grant } from "../../provider/milvus/access/operateGrant";
import { grantsOn } from "../../provider/milvus/access/roleGrants";
import { Connection } from "../../provider/inputs/schema/connection";
import { onStacks } from "../support/data/onStacks";
import { insertRows, int64Keys } from "../support/data/rows";
import { after, before, columnsOf } from "../support/data/exampleCollection";

/** Milvus 2.3 looks up who grants, also where it does not ask anybody to prove it. */
const token = "root:Milvus";

onStacks("privileges of a role on a collection", { servers: ["milvus-2.3.5"] }, (open) => {
    it("are granted on the new collection before the cutover, and on no other", async () => {
        const { address } = (await open()).server;
        const site = await open({ config: { address, token } });
        const name = `${site.prefix}docs`;
        const role = `${site.prefix}reader`;
        const admin = await MilvusClient.connect(Connection.parse({ address, token }));
        const ref = (collection: string) => ({ database: undefined, name: collection });
        const privileges = async (collection: string) =>
            (await grantsOn(admin, ref(collection))).map((one) => [one.role, one.privilege]);
        try {
            await site.deploy({ collections: { [name]: before, [`${name}_other`]: before } });
            const [old, other] = (await site.collections()) as [string, string];
            await insertRows({ ...site, collection: old, fields: columnsOf(before), keys: int64Keys(10) });
            await admin.call("CreateRole", { entity: { name: role } });
            for (const privilege of ["Search", "Query"])
                await grant(admin, ref(old), { role, privilege, grantor: "root" });

            const up = await site.deploy({ collections: { [name]: after, [`${name}_other`]: before } });
            const added = (await site.collections()).find((one) => one !== other)!;
            expect(added).to.not.equal(old);
            expect(await privileges(added)).to.have.deep.members([
                [role, "Search"],
                [role, "Query"],
            ]);
            expect(await privileges(other)).to.deep.equal([]);
            expect(up.output).to.match(new RegExp(`granted on ${added} as well: .*Search to ${role}`));
        } finally {
            admin.close();
        }
    });
});
