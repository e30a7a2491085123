import { expect } from "chai";

import { listGroups } from "../../provider/milvus/cluster/resourceGroups";
import { onStacks } from "../support/data/onStacks";
import { expectFailure, expectOk, type Site } from "../support/data/site";

const program = ({ prefix }: Site, args = "{}") => ({
    collections: {},
    objects: { [`${prefix}heavy`]: { type: "ResourceGroup", args } },
});

onStacks("a resource group", { servers: ["milvus-2.3.5"], fastTests: 1, cli: ["milvus-2.3.5"] }, (open) => {
    it("is created, found again, and dropped", async () => {
        const site = await open();
        await site.deploy(program(site));
        expect(await listGroups(site.client)).to.include(`${site.prefix}heavy`);
        expect(expectOk(await site.stack.up()).ops.same).to.equal(1);
        await site.client.call("DropResourceGroup", { resource_group: `${site.prefix}heavy` });
        expectOk(await site.stack.refresh());
        expectOk(await site.stack.up());
        expect(await listGroups(site.client)).to.include(`${site.prefix}heavy`);
        expectOk(await site.stack.destroy());
        expect(await listGroups(site.client)).to.deep.equal(["__default_resource_group"]);
    });

    it("has no configuration on a server before 2.4.1", async () => {
        const site = await open();
        await site.declare(program(site, "{ requests: 1 }"));
        expect((await site.stack.preview()).output).to.include("[MV401]");
        expectFailure(await site.stack.up(), "update Milvus to 2.4.1", "[MV401]");
    });
});
