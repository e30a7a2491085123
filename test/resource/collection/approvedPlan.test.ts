import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { setProperties } from "../../../provider/milvus/collection/collections";
import { providerOf } from "../../../provider/pulumi";
import { resolvePolicy } from "../../../provider/resource/context/policy";
import { MemoryLedger } from "../../../provider/resource/session/ledger";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { interruptedUpdate } from "../../../provider/resource/context/interruptedUpdate";
import { insert, open, ref, smallest } from "../../fake/open";
import type { FakeMilvus } from "../../support/fake";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { contextOf } from "../context/contextOf";
import { deploy, standing, up } from "./steps";

const [id, vector] = smallest;
const text = { name: "text", dataType: "VarChar", maxLength: 64 };
const lang = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };
const other = `sha256:${"0".repeat(64)}`;
/** Milvus 2.3 copies rows for any field. */
const migrated = { fields: [id, vector, text, { ...lang, nullable: false, backfill: "en" }] };

const namesOn = (fake: FakeMilvus) => fake.collections().map(({ name }) => name);

/** A deployed collection with rows, and the runs of its stack, which share what a machine remembers. */
async function stack(version = "2.3.5") {
    const { fake, client } = await open(version, { pending: 0 });
    const said: string[] = [];
    const machine = new MemoryLedger();
    const args = { ...hidden, fields: [id, vector, text] };
    let run = 0;
    const begin = (approvedPlan?: string, planFormat?: string) => {
        said.length = 0;
        const session = new Session(`run ${++run}`, new MemoryLedger(), machine);
        const settings: Record<string, string | undefined> = { approvedPlan, planFormat };
        const policy = () => resolvePolicy((key) => settings[key.replace("milvus:", "")]);
        return providerOf("Collection", { ...contextOf(fake.address, said, session), policy });
    };
    const first = begin();
    const { inputs } = (await first.check({}, args)) as { inputs: Props };
    const { id: key, outs } = (await first.create(inputs)) as { id: string; outs: Props };
    const collection = outs.collectionName as string;
    await insert(
        client,
        collection,
        { fields: args.fields as never },
        { id: ["1", "2"], text: ["abc", "d"] },
    );
    const preview = (change: Props, approvedPlan?: string) =>
        begin(approvedPlan)
            .diff(key, outs, { ...inputs, ...change })
            .then(
                () => undefined,
                (error: unknown) => (error as Error).message,
            );
    const hashOf = async (change: Props) => {
        expect(await preview(change, "print")).to.equal(undefined);
        return /^docs: plan (sha256:[0-9a-f]{64})$/m.exec(said.join("\n"))![1]!;
    };
    return { fake, client, said, machine, collection, inputs, outs, key, begin, preview, hashOf };
}

describe("an approved plan", () => {
    const folder = useTemporaryFolder();

    it("is asked for by nobody unless the stack says so, and needs none where nothing changes", async () => {
        const { preview, said, machine } = await stack();
        expect(await preview(migrated)).to.equal(undefined);
        expect(said.join("\n")).to.include("migrate 2 rows").and.to.not.include("sha256");
        expect(machine.list("plan:")).to.deep.equal([]);
        expect(await preview({}, "none")).to.equal(undefined);
        expect(await preview({ deletionProtection: true }, "none")).to.equal(undefined);
        expect(said.join("\n")).to.include("only the state is updated");
    });

    it("is carried out by a migration, and the same plan has the same hash with more rows", async () => {
        const { begin, hashOf, client, collection, inputs, outs, key, fake } = await stack();
        const hash = await hashOf(migrated);
        const fields = [id, vector, text] as never;
        await insert(client, collection, { fields }, { id: ["3"], text: ["later"] });
        expect(await hashOf(migrated)).to.equal(hash);
        // A list, as the configuration of a stack has it.
        const provider = begin(JSON.stringify([other, hash]));
        const news = { ...inputs, ...migrated };
        expect((await provider.diff(key, outs, news)).replaces).to.deep.equal(["fields"]);
        const { outs: now } = (await provider.create(news)) as { outs: Props };
        expect(namesOn(fake)).to.have.members([collection, now.collectionName]);
    });

    it("stops the preview of any other plan, and says line by line what differs", async () => {
        const { preview, hashOf, fake, collection } = await stack();
        const hash = await hashOf(migrated);
        const [, , , added] = migrated.fields;
        const longer = { fields: [id, vector, text, { ...added, maxLength: 16 }] };
        const failure = await preview(longer, hash);
        const now = await hashOf(longer);
        expect(failure!.split("\n")).to.deep.equal([
            "docs: no changes made, this is not the approved plan",
            `  approved: ${hash}`,
            `  now:      ${now}`,
            '  - change: + lang: new VarChar(8), set to "en" in all rows',
            '  + change: + lang: new VarChar(16), set to "en" in all rows',
            "  - migration.builds.fields.lang.maxLength: 8",
            "  + migration.builds.fields.lang.maxLength: 16",
            `Review these lines. If they are right, approve them: \`pulumi config set milvus:approvedPlan ${now}\` [MV560]`,
            "  see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv560",
        ]);
        expect(namesOn(fake)).to.deep.equal([collection]);
        const unknown = await preview(longer, other);
        expect(unknown).to.include(`approved: ${other} (not known on this machine`);
        expect(unknown).to.include("  + strategy: migrate\n");
        const never = await preview(longer, "none");
        expect(never).to.include("approved: no plan of this collection");
        // What it builds is in the preview: here it would hide what it does.
        expect(never).to.match(
            /^ {2}\+ step: drop old collection\n(?: {2}\+ (?!migration\.).*\n)* {2}and \d+ more lines$/m,
        );
        expect(never).to.not.include("migration.builds");
    });

    it("is refused once the server has drifted, by the preview and by the step itself", async () => {
        const { begin, preview, hashOf, client, collection, inputs, outs, key, fake } = await stack();
        const hash = await hashOf(migrated);
        const news = { ...inputs, ...migrated };
        const late = begin(hash);
        await late.diff(key, outs, news);
        await setProperties(client, ref(collection), { "collection.ttl.seconds": "3600" });
        expect(await preview(migrated, hash)).to.include(
            "  + migration.builds.properties.collection.ttl.seconds: 3600\n",
        );
        // The run that has compared its plan before the drift compares it again.
        const failure = await late.create(news).then(
            () => "",
            (error: unknown) => (error as Error).message,
        );
        expect(failure).to.include("no changes made, this is not the approved plan");
        expect(namesOn(fake)).to.deep.equal([collection]);
    });

    it("shows what a plan that is blocked now lacks", async () => {
        const { preview, hashOf } = await stack();
        const hash = await hashOf(migrated);
        const failure = await preview({ fields: [...migrated.fields, { ...vector, name: "image" }] }, hash);
        expect(failure).to.include("  - strategy: migrate\n  + strategy: blocked\n");
        expect(failure).to.include("The plan is blocked: mend what its errors say").and.to.include("[MV560]");
    });

    it("is known from a saved file on any machine, and a file that somebody edited is refused", async () => {
        const { preview, begin, machine, key, outs, inputs, said } = await stack();
        await begin("print", "json").diff(key, outs, { ...inputs, ...migrated });
        const { hash, plan } = JSON.parse(said.at(-1)!) as { hash: string; plan: object };
        machine.delete(`plan:${hash}`);
        const file = join(folder(), "plan.json");
        writeFileSync(file, JSON.stringify({ hash, plan }));
        expect(await preview(migrated, file)).to.equal(undefined);
        const wider = { fields: [id, vector, text, { ...migrated.fields[3], maxLength: 9 }] };
        expect(await preview(wider, file)).to.include("  - migration.builds.fields.lang.maxLength: 8\n");
        writeFileSync(file, JSON.stringify({ hash, plan: { ...plan, collection: "pages" } }));
        expect(await preview(migrated, file))
            .to.include("somebody edited it")
            .and.to.include("[MV561]");
        for (const wrong of ["sha256:12", "yes", '["', join(folder(), "none.json")])
            expect(await preview(migrated, wrong), wrong).to.match(/^milvus:approvedPlan: .* \[MV561\]$/m);
    });

    it("is compared at `up` where the preview does not know an argument yet", async () => {
        const { preview, said } = await stack("2.6.18");
        const open = { ...migrated, partitions: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"] };
        expect(await preview(open, "none")).to.equal(undefined);
        expect(said.join("\n")).to.include(
            "warning: docs: partitions holds what is known only at `pulumi up`",
        );
        expect(said.join("\n")).to.include("[MV562]");
    });
});

describe("an approved change in place", () => {
    const before = { fields: [...smallest, text] };
    const after = {
        description: "Documents",
        fields: [...smallest, { ...text, maxLength: 128 }, lang],
        indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
    };
    const approved = async (address: string, deployed: Awaited<ReturnType<typeof deploy>>) => {
        await up(address, deployed, after, { at: 0, fault: "refused" }, { "milvus:approvedPlan": "print" });
        return /plan (sha256:\w+)/.exec(deployed.said.join("\n"))![1]!;
    };

    it("is replaced by an approved migration of another program after it was interrupted", async () => {
        const { fake, client } = await open("3.0.0", { pending: 0 });
        const deployed = await deploy(fake.address, before);
        const [name] = namesOn(fake);
        const fields = before.fields as never;
        await insert(client, name!, { fields }, { id: ["1"], text: ["a"] });
        await up(fake.address, deployed, after, { at: 2, fault: "killed" });
        expect(
            (await interruptedUpdate(client, collectionState(deployed.state), ref(name!)))!.steps,
        ).to.include("add-field");
        const other = { ...before, fields: [id, { ...vector, dim: 4, backfill: [0, 0, 0, 1] }, text] };
        const planned = await up(fake.address, deployed, other, undefined, {
            "milvus:approvedPlan": "print",
        });
        expect(planned.verdict).to.equal("replace");
        const hash = /plan (sha256:\w+)/.exec(deployed.said.join("\n"))![1]!;
        const policy = () => resolvePolicy((key) => (key === "milvus:approvedPlan" ? hash : undefined));
        const provider = providerOf("Collection", { ...contextOf(fake.address), policy });
        const { inputs } = (await provider.check(deployed.state, { ...other, ...hidden })) as {
            inputs: Props;
        };
        await provider.diff(deployed.id, deployed.state, inputs);
        const { outs } = (await provider.create(inputs)) as { outs: Props };
        expect(namesOn(fake)).to.include(outs.collectionName);
    });

    it("is finished by the next run, whichever call is the last of an interrupted one", async function () {
        this.timeout(60_000);
        const open3 = async () => {
            const { fake, client } = await open("3.0.0", { pending: 0 });
            return { client, address: fake.address, deployed: await deploy(fake.address, before) };
        };
        const whole = await open3();
        const settings = { "milvus:approvedPlan": await approved(whole.address, whole.deployed) };
        const { verdict, faulty } = await up(whole.address, whole.deployed, after, undefined, settings);
        expect(verdict).to.equal("updated");
        const wanted = await standing(whole.client);
        for (const at of faulty.writes.keys()) {
            const { address, deployed, client } = await open3();
            const label = `${faulty.writes[at]} (${at})`;
            await up(address, deployed, after, { at, fault: "killed" }, settings);
            const other = { ...after, fields: [...smallest, { ...text, maxLength: 256 }, lang] };
            const refused = await up(address, deployed, other, undefined, settings).catch((e: unknown) => e);
            expect((refused as Error).message, label).to.include("[MV560]");
            const again = await up(address, deployed, after, undefined, settings);
            expect(again.verdict, label).to.be.oneOf(["updated", "same"]);
            expect(await standing(client), label).to.deep.equal(wanted);
        }
    });
});
