import { expect } from "chai";

import { dropCollection } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { observeCollection } from "../../../provider/observe/collection";
import { capabilities } from "../../../provider/observe/capabilities";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import type { ObservedCollection } from "../../../provider/observe/state";
import type { Cutover } from "../../../provider/migration/cutover/cutover";
import { requireOwnName, takeOverName } from "../../../provider/migration/cutover/renameCutover";
import { failure } from "../../fake/failure";
import { create, open, ref, serve, smallest } from "../../fake/open";

/** Gives the name of `docs` to its copy, with a cutover that `trouble` overrides. */
async function take(trouble: Partial<Cutover>, seen: Partial<ObservedCollection> = {}) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    for (const name of ["docs", "docs_ba4d643"]) {
        await create(client, name);
        await serve(client, name);
    }
    const messages: string[] = [];
    const done: string[] = [];
    const step = (name: string) => () => Promise.resolve(void done.push(name));
    const cutover: Cutover = {
        phase: "copied",
        renamed: () => undefined,
        prepareSwitch: step("prepareSwitch"),
        undoSwitch: step("undoSwitch"),
        completeSwitch: step("completeSwitch"),
        finish: step("finish"),
        forget: step("forget"),
        ...trouble,
    };
    const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest, name: "docs" }));
    const observed = (await observeCollection(client, ref("docs")))!;
    const run = takeOverName(
        {
            source: { observed: { ...observed, ...seen }, generation: "3fa9c1d" },
            target: { client, capabilities: await capabilities(client), ref: ref("docs"), spec },
            report: { say: (line) => void messages.push(line), progress: () => undefined },
        },
        cutover,
        ref("docs_ba4d643"),
        step("mark"),
    );
    const error = await failure(run);
    return {
        error,
        messages,
        done,
        names: fake
            .collections()
            .map(({ name }) => name)
            .sort(),
    };
}

describe("a cutover by rename", () => {
    it("lifts the fence if the final pass fails", async () => {
        const prepareSwitch = () => Promise.reject(new Error("no answer in time"));
        const { error, done, names } = await take({ prepareSwitch });
        expect(error.message).to.equal("no answer in time");
        expect(done).to.deep.equal(["undoSwitch"]);
        expect(names).to.deep.equal(["docs", "docs_ba4d643"]);
    });

    it("does not rename if the name belongs to another collection", async () => {
        const { error, done, names } = await take({}, { collectionId: "4711" });
        expect(error).to.have.property("code", "MV335");
        expect(done).to.deep.equal([]);
        expect(names).to.deep.equal(["docs", "docs_ba4d643"]);
    });

    it("throws the cause of a failure, and reports a failed undo", async () => {
        const { error, messages } = await take({
            prepareSwitch: () => Promise.reject(new Error("no answer in time")),
            undoSwitch: () => Promise.reject(new Error("docs: may keep refusing writes")),
        });
        expect(error.message).to.equal("no answer in time");
        expect(messages).to.deep.equal(["warning: docs: may keep refusing writes"]);
    });
});

describe("a collection that takes over a name, step by step", () => {
    const switched = new Error("switched");

    it("is marked before the swap, takes the name, and the old one goes by its generation", async () => {
        const moved: string[] = [];
        const { error, done, names } = await take({
            renamed: (source, target) => void moved.push(source.name, target.name),
            completeSwitch: () => Promise.reject(switched),
        });
        expect(error).to.equal(switched);
        expect(done).to.deep.equal(["prepareSwitch", "mark"]);
        expect(moved).to.deep.equal(["docs_3fa9c1d", "docs"]);
        expect(names).to.deep.equal(["docs", "docs_3fa9c1d"]);
    });

    it("leaves a name alone that is another generation's, or nobody's", async () => {
        const marker = {
            owner: "shop/prod/docs",
            generation: "0000000",
            from: undefined,
            state: "live",
        } as const;
        expect((await take({}, { marker })).error).to.have.property("code", "MV335");
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        const observed = (await observeCollection(client, ref("docs")))!;
        await dropCollection(client, ref("docs"));
        expect(await failure(requireOwnName(client, ref("docs"), observed))).to.have.property(
            "code",
            "MV335",
        );
    });

    it("loads the old collection again where the swap fails, if it was loaded", async () => {
        for (const loaded of ["loaded", "not-loaded"] as const)
            expect(await stateAfterFailure(loaded), loaded).to.equal(loaded === "loaded");
    });

    /** A swap that fails after it has unloaded the old collection, as milvus-lite does. */
    async function stateAfterFailure(loaded: "loaded" | "not-loaded"): Promise<boolean> {
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        await serve(client, "docs");
        const observed = (await observeCollection(client, ref("docs")))!;
        const step = () => Promise.resolve();
        const cutover: Cutover = {
            phase: "copied",
            renamed: () => undefined,
            prepareSwitch: async () => {
                await releaseCollection(client, ref("docs"));
                throw new Error("no answer in time");
            },
            undoSwitch: step,
            completeSwitch: step,
            finish: step,
            forget: step,
        };
        const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest, name: "docs" }));
        const source = { observed: { ...observed, loadState: loaded }, generation: "3fa9c1d" };
        const target = { client, capabilities: await capabilities(client), ref: ref("docs"), spec };
        const report = { say: () => undefined, progress: () => undefined };
        await failure(takeOverName({ source, target, report }, cutover, ref("docs_ba4d643"), step));
        return (await loadState(client, ref("docs"))) === "loaded";
    }
});
