import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";
import { parseAllDocuments } from "yaml";

import { exitCodes } from "../../cli/io";
import { onServers } from "../support/servers/onServers";
import { type EngineName, enginesHome, type Fault, runEngine } from "../support/workers/engines";
import { WorkersSite } from "../support/workers/site";
import { startSpark } from "../support/workers/sparkCluster";

const run = promisify(execFile);
const manifest = resolve(__dirname, "../../examples/workers/kubernetes.yaml");

onServers("the examples of workers", { servers: ["milvus-2.3.5"], fast: [] }, (server) => {
    let site: WorkersSite;
    let folder: string;

    before(async function () {
        this.timeout(15 * 60_000);
        await enginesHome();
    });
    beforeEach(async function () {
        this.timeout(120_000);
        folder = await mkdtemp(join(tmpdir(), "workers-"));
        site = await WorkersSite.open(server().address, { rows: 20_000, dim: 8 });
        await site.begin();
    });
    afterEach(async () => {
        await site.close();
        await rm(folder, { recursive: true, force: true });
    });

    async function copiedBy(
        engine: EngineName,
        kind: Fault | undefined,
        spark: Record<string, string> = {},
    ): Promise<void> {
        const { ended } = await runEngine(engine, {
            address: server().address,
            collection: site.name,
            count: 2,
            slots: 2,
            spark,
            ...(kind && { fault: { kind, folder } }),
        });
        await ended;
        const whole = { recorded: site.rows, counted: site.rows, isComplete: true };
        expect(await site.finish()).to.deep.equal(whole);
    }

    it("copy in processes", () => copiedBy("processes", undefined)).timeout(300_000);

    it("copy in tasks of Spark, one of which is killed", () => copiedBy("spark", "command")).timeout(300_000);

    it("copy in tasks of Spark whose executor is lost", () =>
        copiedBy("spark", "executor", { "spark.master": "local-cluster[2,1,1024]" })).timeout(300_000);

    it("copy in tasks of Spark, one of which has a speculative double", async () => {
        const cluster = await startSpark(folder, 2);
        try {
            await copiedBy("spark", "straggler", {
                "spark.master": cluster.master,
                "spark.executorEnv.MILVUS_ADDRESS": server().address,
                "spark.speculation": "true",
                "spark.speculation.interval": "200ms",
                "spark.speculation.multiplier": "1.1",
                "spark.speculation.quantile": "0.5",
            });
        } finally {
            await cluster.stop();
        }
    }).timeout(300_000);

    it("copy in tasks of Ray, one of which is killed", () => copiedBy("ray", "command")).timeout(300_000);

    it("copy in tasks of Ray whose worker is lost", () => copiedBy("ray", "executor")).timeout(300_000);
});

describe("the Job of Kubernetes", () => {
    it("is what the API of Kubernetes takes", async function () {
        this.timeout(15 * 60_000);
        if (process.env["TEST_TIER"] === undefined || process.env["TEST_TIER"] === "fast") this.skip();
        const validate = join(await enginesHome(), "bin/kubernetes-validate");
        for (const version of ["1.33", "1.37"])
            await run(validate, ["--kubernetes-version", version, "--strict", manifest]);
    });

    it("runs a pod for each shard, and knows the exit codes of the command", () => {
        const documents = parseAllDocuments(readFileSync(manifest, "utf8")).map(
            (document) => document.toJS() as Record<string, never>,
        );
        const { spec } = documents.find(({ kind }) => kind === "Job")! as unknown as {
            spec: {
                completions: number;
                podFailurePolicy: { rules: { action: string; onExitCodes?: { values: number[] } }[] };
                template: { spec: { containers: { command: string[] }[] } };
            };
        };
        const { command } = spec.template.spec.containers[0]!;
        expect(command.at(-1)).to.equal(String(spec.completions));
        const failing = spec.podFailurePolicy.rules.find(({ action }) => action === "FailJob")!;
        expect(failing.onExitCodes!.values).to.deep.equal([exitCodes.error]);
    });
});
