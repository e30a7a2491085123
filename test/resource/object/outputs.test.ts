import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { providerOf } from "../../../provider/pulumi";
import { createRole } from "../../../provider/milvus/access/roles";
import type { Props } from "../../../provider/resource/session/props";
import { open } from "../../fake/open";
import { contextOf } from "../context/contextOf";

describe("the outputs of the dynamic provider", () => {
    it("are values that Pulumi can store, also for a grant without a collection", async () => {
        const { fake, client } = await open("2.6.10", { pending: 0 });
        await createRole(client, "reader");
        const { create, read, update } = providerOf("Grant", contextOf(fake.address));
        const hidden = { __owner: "shop/prod/readers", __logicalName: "readers" };
        const props = { role: "reader", privileges: ["Search"], database: "default", ...hidden };
        const made = (await create(props)) as { id: string; outs: Props };
        const changed = { ...props, privileges: ["Query"] };
        const updated = (await update(made.id, made.outs, changed)) as { outs: Props };
        const found = (await read(made.id, updated.outs)) as { props: Props };
        for (const outs of [made.outs, updated.outs, found.props])
            expect(() => Struct.fromJavaScript(outs as Record<string, JavaScriptValue>)).to.not.throw();
    });
});
