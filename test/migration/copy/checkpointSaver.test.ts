import { randomBytes } from "node:crypto";
import { mock } from "node:test";

import { expect } from "chai";

import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import type { Capabilities } from "../../../provider/observe/state";
import { firstCheckpoint, readCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { createCheckpointSaver } from "../../../provider/migration/copy/checkpointSaver";
import { create, type Opened, open, ref } from "../../fake/open";

describe("the checkpoint saver", () => {
    let opened: Opened;
    let messages: string[];
    const report = { say: (text: string) => void messages.push(text), progress: () => undefined };
    let able: Capabilities;
    const endpoint = (more: Partial<Capabilities> = {}) => ({
        client: opened.client,
        capabilities: { ...able, ...more },
        ref: ref("copy"),
    });
    const after = (rows: number) => () => ({ ...firstCheckpoint("plan", [undefined]), rows });
    const saved = async () => (await readCheckpoint(opened.client, ref("copy")))?.rows;

    beforeEach(async () => {
        messages = [];
        opened = await open("2.6.18");
        able = await capabilities(opened.client);
        await create(opened.client, "copy");
        // Only the clock is mocked: gRPC has its own timers.
        mock.timers.enable({ apis: ["Date"], now: Date.now() });
    });
    afterEach(() => mock.timers.reset());

    it("saves every few seconds, however often batches arrive", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), report);
        expect(save(after(1))).to.equal(undefined);
        await flushed();
        expect(await saved()).to.equal(undefined);
        mock.timers.tick(3_000);
        void save(after(2));
        void save(after(3));
        await flushed();
        expect(await saved()).to.equal(2);
    });

    it("saves nothing if the server stores no properties", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint({ alterProperties: false }), report);
        mock.timers.tick(3_000);
        expect(save(after(2))).to.equal(undefined);
        await flushed();
        expect(await saved()).to.equal(undefined);
    });

    it("reports once a checkpoint that is too large", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), report);
        const copied = randomBytes(60_000).toString("base64");
        const large = { ...after(2)(), ranges: [{ ...after(2)().ranges[0]!, copied }] };
        for (let time = 0; time < 2; time++) {
            mock.timers.tick(3_000);
            void save(() => large);
            await flushed();
        }
        expect(messages).to.have.length(1);
        expect(messages[0]).to.include("copy: the checkpoint does not fit");
        expect(await saved()).to.equal(undefined);
    });

    it("does not stop a copy if a save fails", async () => {
        const { save, flushed } = createCheckpointSaver({ ...endpoint(), ref: ref("gone") }, report);
        mock.timers.tick(3_000);
        void save(after(2));
        await flushed();
    });

    it("pauses the copy while the property pulumi.pause is true", async () => {
        const { save, flushed } = createCheckpointSaver(endpoint(), report);
        await setProperties(opened.client, ref("copy"), { "pulumi.pause": "true" });
        mock.timers.tick(3_000);
        void save(after(2));
        await flushed();
        let paused = true;
        const waiting = Promise.resolve(save(after(3))).then(() => (paused = false));
        await describeCollection(opened.client, ref("copy"));
        expect(paused).to.equal(true);
        expect(messages.join()).to.include("pulumi.pause");
        await setProperties(opened.client, ref("copy"), { "pulumi.pause": "false" });
        await waiting;
        expect(save(after(4))).to.equal(undefined);
    });
});
