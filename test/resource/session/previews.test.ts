import { expect } from "chai";

import { unknownValue } from "../../../provider/inputs/argumentScan";
import { providerOf } from "../../../provider/pulumi";
import { MemoryLedger } from "../../../provider/resource/session/ledger";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { insertRows, int64Keys } from "../../support/data/rows";
import { both, open, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const fields = both([{ name: "notes", dataType: "VarChar", maxLength: 64 }]);
const program = { __owner: "shop/prod/docs", __logicalName: "docs", fields };

/** A stack on one machine: previews and ups of a collection with rows in `notes`. */
async function stack() {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    const shared = new MemoryLedger();
    const run = (name: string) => {
        const said: string[] = [];
        const session = new Session(name, new MemoryLedger(), shared);
        return { said, ...providerOf("Collection", contextOf(fake.address, said, session)) };
    };
    const first = run("first");
    const { inputs } = (await first.check({}, program)) as { inputs: Props };
    const { id, outs } = (await first.create(inputs)) as { id: string; outs: Props };
    const { collectionName } = outs as { collectionName: string };
    await insertRows({ client, collection: collectionName, fields, keys: int64Keys(3) });
    const preview = async (name: string, change: Props) => {
        const { diff, said } = run(name);
        await diff(id, outs, { ...inputs, ...change });
        return said.join("\n");
    };
    /** Drops `notes`: the server cannot do that in place. */
    const up = async (name: string, change: Props = {}) => {
        const { diff, create } = run(name);
        const news = { ...inputs, fields: smallest, ...change, __generation: "7777777" } as Props;
        await diff(id, outs, news);
        return create(news).then(
            () => "done",
            (error: unknown) => (error as Error).message,
        );
    };
    return { preview, up };
}

describe("a loss in an argument that was unknown in the preview", () => {
    const unknown = { fields: unknownValue };

    it("has to be allowed by name", async () => {
        const { preview, up } = await stack();
        expect(await preview("preview", unknown)).to.include(
            "a loss in it has to be allowed by name [MV122]",
        );
        const failure = await up("up");
        expect(failure).to.include("No preview could show this loss: fields was known only at `pulumi up`.");
        expect(failure).to.match(/allow: \["drop:notes"\].*\[MV101\] \[MV313\]$/ms);
    });

    it("is done where it is allowed", async () => {
        const { preview, up } = await stack();
        await preview("preview", unknown);
        expect(await up("up", { migration: { allow: ["drop:notes"], grace: 0 } })).to.equal("done");
    });

    it("is done once a later preview has shown it", async () => {
        const { preview, up } = await stack();
        await preview("preview", unknown);
        expect(await preview("later preview", { fields: smallest })).to.include("warning: fields: notes");
        expect(await up("up", { migration: { grace: 0 } })).to.equal("done");
    });

    it("is done where only another argument was unknown, or no preview was made", async () => {
        const one = await stack();
        await one.preview("preview", { description: unknownValue });
        expect(await one.up("up", { migration: { grace: 0 } })).to.equal("done");
        const other = await stack();
        expect(await other.up("up", { migration: { grace: 0 } })).to.equal("done");
    });
});
