import { expect } from "chai";

import { engines } from "../../scripts/engine/engines";
import type { Engine, EngineName } from "../../scripts/engine/stack";
import { server, ServerUnavailable, type Server } from "../support/servers";
import { install, type Consumer } from "./consumer";
import { type Language, languages } from "./languages";
import { nodeFolder } from "./nodes";
import { NoRegistry } from "./npm";
import { record, type Recorder } from "./recorder";
import { oldest, type Runtime, runtimes, titleOf } from "./runtimes";
import { smoke } from "./smoke";

const names: EngineName[] = ["pulumi", "test engine"];
const all = process.env["PULUMI_MILVUS_PACKAGE"] === "all";

/**
 * With the current Node and the CLI, all languages run; otherwise only the first, unless all combinations are
 * requested.
 */
function languagesFor(runtime: Runtime, engine: EngineName): Language[] {
    const whole = runtime !== oldest && (all || (runtime === runtimes[0] && engine === "pulumi"));
    return whole ? languages : languages.slice(0, 1);
}

for (const runtime of [oldest, ...runtimes])
    describe(`installed from the tarball, with ${titleOf(runtime)}`, function () {
        this.timeout(5 * 60_000);
        const version = `v${runtime.node ?? process.versions.node}`;
        let consumer: Consumer;
        let milvus: Server;
        let recorder: Recorder;

        before(async function () {
            this.timeout(15 * 60_000);
            try {
                milvus = await server("milvus-lite-3.2.2");
                recorder = await record(runtime.node && (await nodeFolder(runtime.node)));
                consumer = await install(runtime);
            } catch (error) {
                if (error instanceof ServerUnavailable || error instanceof NoRegistry) return this.skip();
                throw error;
            }
        });
        after(async () => {
            await consumer?.dispose();
            await recorder?.dispose();
        });

        for (const name of names)
            describe(`on ${name}`, () => {
                let engine: Engine | undefined;
                before(async function () {
                    engine = (await engines()).find((choice) => choice.name === name)?.engine;
                    if (!engine) this.skip();
                });

                for (const language of languagesFor(runtime, name))
                    it(`keeps the rows of ${language.title}, and destroys its resources`, async () => {
                        await smoke({ engine: engine!, server: milvus, consumer, language, recorder });
                        expect(await recorder.versionsOf("cmd/run")).to.deep.equal([version]);
                        expect(await recorder.versionsOf("cmd/dynamic-provider")).to.deep.equal([version]);
                    });
            });
    });
