import { expect } from "chai";

import { describeGroup, listGroups, updateGroup } from "../../../provider/milvus/cluster/resourceGroups";
import { objectLife } from "../../../provider/resource/object";
import { resourceGroupKind } from "../../../provider/resource/resourceGroup";
import type { Props } from "../../../provider/resource/session/props";
import { create, open, serve } from "../../fake/open";
import { failure } from "../../fake/failure";
import { contextOf } from "../context/contextOf";

async function stage(version = "2.5.16") {
    const { client, fake } = await open(version, { pending: 0 });
    const said: string[] = [];
    const life = objectLife(resourceGroupKind)(contextOf(fake.address, said));
    const news = (args: Props = {}): Props => ({
        __owner: "shop/prod/heavy",
        __logicalName: "heavy",
        name: "heavy",
        ...args,
    });
    return { client, fake, said, life, news };
}

describe("a resource group", () => {
    it("is made with its configuration, which changes in place", async () => {
        const { client, life, news } = await stage();
        const { id, outs } = await life.create(news({ requests: 2, transferFrom: ["spare"] }));
        expect(id).to.equal("heavy");
        expect((await describeGroup(client, "heavy")).config).to.deep.equal({
            requests: 2,
            limits: 2,
            transferFrom: ["spare"],
            transferTo: [],
            nodeLabels: {},
        });
        expect((await life.diff(outs, news({ requests: 2, transferFrom: ["spare"] }))).changes).to.equal(
            false,
        );
        const next = news({ requests: 3, limits: 5, nodeLabels: { disk: "ssd" } });
        expect(await life.diff(outs, next)).to.deep.include({ changes: true, replaces: [] });
        await life.update(outs, next);
        expect((await describeGroup(client, "heavy")).config).to.deep.equal({
            requests: 3,
            limits: 5,
            transferFrom: [],
            transferTo: [],
            nodeLabels: { disk: "ssd" },
        });
    });

    it("finds a configuration that was changed by hand", async () => {
        const { client, life, news } = await stage();
        const { id, outs } = await life.create(news({ requests: 2 }));
        expect((await life.read(id, outs))!.props).to.not.have.property("limits");
        const { config } = await describeGroup(client, "heavy");
        await updateGroup(client, "heavy", { ...config, requests: 1, limits: 4 });
        expect((await life.read(id, outs))!.props).to.deep.include({ requests: 1, limits: 4 });
    });

    it("gives its nodes back before it is dropped, and stays while replicas are loaded on it", async () => {
        const { client, fake, life, news } = await stage();
        const { outs } = await life.create(news({ requests: 2 }));
        await create(client, "docs");
        await serve(client, "docs");
        fake.collections()[0]!.resourceGroups = ["heavy"];
        const error = await failure(life.delete(outs));
        expect(error).to.have.property("code", "MV440");
        expect(error.message).to.include("1 replicas of docs");
        fake.collections()[0]!.resourceGroups = [];
        await life.delete(outs);
        expect(await listGroups(client)).to.deep.equal(["__default_resource_group"]);
        await life.delete(outs);
    });

    it("is imported by its name alone", async () => {
        const { life, news } = await stage();
        await life.create(news({ requests: 2 }));
        const hidden = { __owner: "shop/prod/other", __logicalName: "other" };
        expect((await life.import("heavy", hidden))!.inputs).to.deep.include({ name: "heavy", requests: 2 });
        expect(await life.import("none", hidden)).to.equal(undefined);
        expect(await failure(life.import("a/b", hidden))).to.have.property("code", "MV402");
    });
});
