import { expect } from "chai";

import { observeCollection } from "../../../provider/observe/collection";
import { capabilities } from "../../../provider/observe/capabilities";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import type { ObservedCollection } from "../../../provider/observe/state";
import type { Cutover } from "../../../provider/migration/cutover/cutover";
import { takeOverName } from "../../../provider/migration/cutover/renameCutover";
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
            source: { client, observed: { ...observed, ...seen }, generation: "3fa9c1d" },
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
        expect(messages).to.deep.equal(["docs: may keep refusing writes"]);
    });
});
