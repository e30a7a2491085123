import { expect } from "chai";

import { providerOf } from "../../../provider/pulumi";
import type { Props } from "../../../provider/resource/session/props";
import { insertRows, int64Keys } from "../../support/data/rows";
import { open, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const [id, vector] = smallest;
const program = { __owner: "shop/prod/docs", __logicalName: "docs", fields: smallest };

/** A collection with three rows. */
async function deployed(preview: "warn" | "strict" = "warn") {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    const said: string[] = [];
    const policy = () => ({ destructive: "warn", planFormat: "text", preview }) as const;
    const provider = providerOf("Collection", { ...contextOf(fake.address, said), policy });
    const { inputs } = (await provider.check({}, program)) as { inputs: Props };
    const { id: key, outs } = (await provider.create(inputs)) as { id: string; outs: Props };
    const { collectionName } = outs as { collectionName: string };
    await insertRows({ client, collection: collectionName, fields: smallest, keys: int64Keys(3) });
    said.length = 0;
    return { fake, said, provider, inputs, key, outs };
}

/** The preview of a change of a deployed collection. */
async function preview(change: Props, preview: "warn" | "strict") {
    const { said, provider, inputs, key, outs } = await deployed(preview);
    const failure = await provider.diff(key, outs, { ...inputs, ...change }).then(
        () => undefined,
        (error: unknown) => (error as Error).message,
    );
    return { said: said.join("\n"), failure };
}

describe("a change of the `connection` argument", () => {
    it("moves no rows where it names the server of the configuration", async () => {
        const { fake, said, provider, inputs, key, outs } = await deployed();
        const own = { ...inputs, connection: { address: `http://${fake.address}` } };
        const added = await provider.diff(key, outs, own);
        expect(added).to.deep.include({ changes: true, replaces: [] });
        const now = (await provider.update(key, outs, own)) as { outs: Props };
        expect(await provider.diff(key, now.outs, inputs)).to.deep.include({ changes: true, replaces: [] });
        expect(said.join("\n")).to.not.include("another server");
    });
});

describe("the preview of a change", () => {
    const transformed = {
        fields: [id, { ...vector, dim: 8 }],
        migration: { transform: "./no-such-module.js", writes: "paused" },
    };
    const blocked = { fields: [id, vector, { name: "image", dataType: "FloatVector", dim: 4 }] };

    it("says that the module of a transform is not there", async () => {
        const { said, failure } = await preview(transformed, "warn");
        expect(failure).to.equal(undefined);
        expect(said).to.match(
            /docs\w*: migration\.transform: \.\/no-such-module\.js cannot be loaded .*\[MV338\]/,
        );
    });

    it("finds a module that is there", async () => {
        const migration = { ...transformed.migration, transform: "./package.json" };
        const { said, failure } = await preview({ ...transformed, migration }, "strict");
        expect(failure).to.equal(undefined);
        expect(said).to.include("computed by ./package.json").and.to.not.include("MV338");
    });

    it("shows a blocked plan and goes on, and fails where the stack says so", async () => {
        const lenient = await preview(blocked, "warn");
        expect(lenient.failure).to.equal(undefined);
        expect(lenient.said).to.include("[MV103]");
        const strict = await preview(blocked, "strict");
        expect(strict.said).to.include("[MV103]");
        expect(strict.failure).to.match(/\[MV103\] \[MV313\]$/m);
        expect((await preview(transformed, "strict")).failure).to.include("[MV338]");
    });
});
