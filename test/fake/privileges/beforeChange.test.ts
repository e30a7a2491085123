import { expect } from "chai";

import { collections, filled } from "./collectionSteps";
import { Stage } from "./stage";

const step = (what: string) => collections.find((one) => one.what === what)!;

describe("a missing privilege (fake)", () => {
    let stage: Stage | undefined;
    const stages: Stage[] = [];
    afterEach(() => {
        for (const one of stages.splice(0)) one.close();
    });

    /** A server on which these steps were made with everything that the page lists. */
    async function after(version: string, ...done: string[]): Promise<Stage> {
        stage = await Stage.open(version);
        stages.push(stage);
        for (const what of done) expect(await stage.run(step(what)), what).to.equal(undefined);
        return stage;
    }

    it("fails a creation before anything is created", async () => {
        const { fake } = await after("2.6.18");
        for (const key of [
            "ShowPartitions on Collection",
            "CreateIndex on Collection",
            "Load on Collection",
        ]) {
            const failed = await stage!.run(step("creates a collection"), key);
            expect(failed?.message).to.include(`lacks the privilege ${key} `);
            expect(fake.collections()).to.deep.equal([]);
        }
    });

    it("fails a change in place before the index is dropped", async () => {
        const { fake } = await after("2.6.18", "creates a collection");
        for (const key of ["CreateIndex on Collection", "Load on Collection"]) {
            const failed = await stage!.run(step("changes it in place"), key);
            expect(failed?.message).to.include(`lacks the privilege ${key} `).and.include("[MV204]");
            const [collection] = fake.collections();
            expect(collection!.load).to.equal("loaded");
            expect(collection!.indexes.map(({ params }) => params["index_type"])).to.deep.equal([
                "AUTOINDEX",
            ]);
        }
    });

    it("fails a backfill in place before the field is added", async () => {
        const { fake } = await after("2.6.18", "creates a collection");
        const failed = await stage!.run(filled[1]!, "Upsert on Collection");
        expect(failed?.message)
            .to.include("lacks the privilege Upsert on Collection ")
            .and.include("[MV204]");
        const [collection] = fake.collections();
        expect(collection!.schema.fields.map(({ name }) => name)).to.not.include("lang");
    });

    it("is in the preview, where each change needs it, and where something could go unseen", async () => {
        const previews = ["creates a collection", "previews a change in place", "changes it in place"];
        await after("2.6.18", ...previews);
        for (const [key, code] of [
            ["CreateCollection on Global", "MV204"],
            ["ListSnapshots on Collection", "MV451"],
        ] as const) {
            expect(await stage!.run(step("previews a migration"), key)).to.equal(undefined);
            const told = stage!.said.join("\n");
            expect(told).to.include(`lacks the privilege ${key} `).and.include(`[${code}]`);
        }
    });

    it("to read grants is told where they stay on a dropped name", async () => {
        const drop = step("drops the collection");
        await after("2.6.11", "creates a collection");
        expect(await stage!.run(drop, "SelectOwnership on Global")).to.equal(undefined);
        expect(stage!.said.join("\n")).to.match(
            /warning: docs_\w+: what roles are granted .* stays .*\[MV450\]/,
        );
        await after("2.6.18", "creates a collection");
        expect(await stage!.run(drop, "SelectOwnership on Global")).to.equal(undefined);
        expect(stage!.said.join("\n")).to.not.include("MV450");
    });
});
