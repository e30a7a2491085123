import { randomBytes } from "node:crypto";
import { mock } from "node:test";

import { expect } from "chai";

import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { firstCheckpoint, readCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { createCheckpointSaver } from "../../../provider/migration/copy/checkpointSaver";
import { create, type Opened, open, ref } from "../../fake/open";

describe("the checkpoint of a copy", () => {
    let opened: Opened;
    let said: string[];
    const report = { say: (text: string) => void said.push(text), progress: () => undefined };
    const endpoint = () => ({ client: opened.client, ref: ref("copy") });
    const after = (rows: number) => () => ({ ...firstCheckpoint("plan", [undefined]), rows });
    const saved = async () => (await readCheckpoint(opened.client, ref("copy")))?.rows;

    beforeEach(async () => {
        said = [];
        opened = await open("2.6.18");
        await create(opened.client, "copy");
        // The clock alone: gRPC has timers of its own.
        mock.timers.enable({ apis: ["Date"], now: Date.now() });
    });
    afterEach(() => mock.timers.reset());

    it("is saved every few seconds, however often batches come", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), true, report);
        expect(save(after(1))).to.equal(undefined);
        await flushed();
        expect(await saved()).to.equal(undefined);
        mock.timers.tick(3_000);
        void save(after(2));
        void save(after(3));
        await flushed();
        expect(await saved()).to.equal(2);
    });

    it("is not saved where the server keeps nothing", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), false, report);
        mock.timers.tick(3_000);
        expect(save(after(2))).to.equal(undefined);
        await flushed();
        expect(await saved()).to.equal(undefined);
    });

    it("says once where it is too large to be saved", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), true, report);
        const copied = randomBytes(60_000).toString("base64");
        const large = { ...after(2)(), ranges: [{ ...after(2)().ranges[0]!, copied }] };
        for (let time = 0; time < 2; time++) {
            mock.timers.tick(3_000);
            void save(() => large);
            await flushed();
        }
        expect(said).to.have.length(1);
        expect(said[0]).to.include("copy: how far the copy is does not fit");
        expect(await saved()).to.equal(undefined);
    });

    it("does not stop a copy that it fails in", async () => {
        const { save, flushed } = createCheckpointSaver({ ...endpoint(), ref: ref("gone") }, true, report);
        mock.timers.tick(3_000);
        void save(after(2));
        await flushed();
    });

    it("halts the copy where an operator says so, until the word is taken back", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), true, report);
        await setProperties(opened.client, ref("copy"), { "pulumi.pause": "true" });
        mock.timers.tick(3_000);
        void save(after(2));
        await flushed();
        let halted = true;
        const waiting = Promise.resolve(save(after(3))).then(() => (halted = false));
        await describeCollection(opened.client, ref("copy"));
        expect(halted).to.equal(true);
        expect(said.join()).to.include("pulumi.pause");
        await setProperties(opened.client, ref("copy"), { "pulumi.pause": "false" });
        await waiting;
        expect(save(after(4))).to.equal(undefined);
    });
});
