import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import type { WireProps } from "../../provider/native/wireValues";
import { failure } from "../fake/failure";
import { open, smallest } from "../fake/open";
import { Plugin, urnOf } from "./plugin";

const docs = urnOf("Collection", "docs");
const text = { name: "text", dataType: "VarChar", maxLength: 64 };
const program = { fields: [...smallest, text] };
const changed = { fields: [...smallest, { ...text, maxLength: 128 }] };

describe("a resource that was deployed by the dynamic provider", () => {
    let plugin: Plugin;
    afterEach(() => plugin.stop());

    /** Its state is that of a native one, with the dynamic provider as text among inputs and outputs. */
    async function deployed() {
        const { fake } = await open("2.3.5", { pending: 0 });
        plugin = await Plugin.start();
        await plugin.configure({ address: fake.address });
        const { inputs } = await plugin.check(docs, program);
        const { id, outs } = await plugin.create(docs, inputs);
        const dynamic = {
            __provider: "exports.handler = ...",
            __logicalName: "docs",
            __owner: "shop/prod/docs",
        };
        return { id, outs: { ...outs, ...dynamic }, inputs, former: { ...inputs, ...dynamic } };
    }

    async function diff(id: string, outs: WireProps, formerInputs: WireProps, news: WireProps) {
        const { inputs } = await plugin.check(docs, news, formerInputs);
        const request = new proto.DiffRequest().setUrn(docs).setId(id).setOlds(toStruct(outs));
        request.setOldInputs(toStruct(formerInputs)).setNews(toStruct(inputs));
        return (await plugin.call<proto.DiffResponse>("diff", request)).toObject();
    }
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;

    it("moves without a change", async () => {
        const { id, outs, former } = await deployed();
        expect(await diff(id, outs, former, program)).to.include({ changes: DIFF_NONE });
    });

    it("does not change in the run that moves it", async () => {
        const { id, outs, former } = await deployed();
        const { message } = await failure(diff(id, outs, former, changed));
        expect(message).to.match(
            /docs: was deployed by the dynamic provider.*\(fields\[2\]\.maxLength.*\[MV393\]\n  see: .+#mv393$/,
        );
    });

    it("changes in the run after it, though its outputs still hold the dynamic provider", async () => {
        const { id, outs, inputs } = await deployed();
        expect(await diff(id, outs, inputs, changed)).to.include({ changes: DIFF_SOME });
    });

    it("takes the owner of its place in a component in the run that moves it", async () => {
        const { id, outs, former } = await deployed();
        const owned = { __owner: "shop/prod/shop:index:Search::in/docs" };
        const { changes, replacesList } = await diff(
            id,
            { ...outs, ...owned },
            { ...former, ...owned },
            program,
        );
        expect({ changes, replacesList }).to.deep.equal({ changes: DIFF_SOME, replacesList: [] });
    });
});
