import { expect } from "chai";

import { loadCollection } from "../../provider/milvus/collection/loading";
import { countRows } from "../../provider/milvus/rows/rows";
import { expectCarried } from "../support/data/carried";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import type { Table } from "../support/data/table";
import type { Adapter } from "../../scripts/engine/program";
import type { Engine, Result } from "../../scripts/engine/stack";
import type { Moment } from "../support/faults/moment";
import { type Fault, type FaultySite, openFaultySite } from "../support/faults/site";
import type { Server } from "../support/servers";
import { columns, filled, type Cutover, kept, partitions, program, type Schema } from "./program";
import { stepsOf } from "./steps";

const rowsOfPartition = 300;
/** The seconds that the provider waits for an answer: less than a stall lasts. */
const timeout = "10";
/** The failing `up`, and two to recover. */
const upsAtMost = 3;

/** The result of a migration with a fault. */
export interface Outcome {
    /** The number of `up` runs until one succeeded, including the failing one. */
    ups: number;
    /** The number of rows that were sent more than once, and the most rows of one insert. */
    recopied: number;
    batch: number;
    /** Why each `up` but the last failed; empty if the first one succeeded in spite of the fault. */
    failures: string[];
}

/** A collection with rows in partitions and an alias, which migrations with faults move between two schemas. */
export class FaultFixture {
    private constructor(
        readonly site: FaultySite,
        private readonly cutover: Cutover,
        private readonly model: Map<string, Table>,
        private schema: Schema,
    ) {}

    static async open(
        engine: Engine,
        server: Server,
        cutover: Cutover,
        adapter: Adapter,
    ): Promise<FaultFixture> {
        const site = await openFaultySite(engine, server, { timeout }, { adapter });
        await site.deploy(program(site.prefix, cutover, "one"));
        const [collection] = await site.collections();
        const keys = int64Keys(rowsOfPartition * partitions.length);
        const model = new Map<string, Table>();
        for (const partition of partitions) {
            const rows = { ...site, collection: collection!, partition, fields: columns("one") };
            await insertRows({ ...rows, keys: keys.splice(0, rowsOfPartition), flushEvery: 1 });
            model.set(partition, await readRows(rows));
        }
        return new FaultFixture(site, cutover, model, "one");
    }

    /** The number of ranges that are copied in key order: one per partition while they are small. */
    get ranges(): number {
        return partitions.length;
    }

    /** True if a migration has this step on this server. */
    has(step: string): boolean {
        return this.steps("").some(({ name }) => name === step);
    }

    /** Migrates to the other schema, with a fault at a step, and repeats `up` until one succeeds. */
    async migrate(step: string, when: Moment["when"], fault: Fault): Promise<Outcome> {
        const { site, cutover } = this;
        const [old] = await site.collections();
        const from = site.relay.insertions.length;
        const to: Schema = this.schema === "one" ? "two" : "one";
        const seconds = fault.kind === "timeout" ? fault.seconds : undefined;
        await site.declare(program(site.prefix, cutover, to, seconds));
        const moment = this.steps(old!).find(({ name }) => name === step)!;
        const order = site.order({ ...moment, when }, fault);

        const first = await site.stack.up();
        await site.mend();
        expect(order.reached, `the step was never reached:\n${first.output}`).to.equal(true);
        await order.done;
        if (fault.kind === "kill-server") await this.loadServing();
        if (seconds !== undefined) await site.declare(program(site.prefix, cutover, to));
        const results = [first];
        while (!results.at(-1)!.ok && results.length < upsAtMost) results.push(await site.stack.up());
        expect(results.at(-1)!.ok, outputs(results)).to.equal(true);

        this.schema = to;
        await this.expectMigrated(old!, results);
        const sent = site.relay.insertions.slice(from).map(({ rows }) => rows);
        return {
            ups: results.length,
            recopied: sent.reduce((sum, rows) => sum + rows, 0) - rowsOfPartition * partitions.length,
            batch: Math.max(...sent),
            failures: results.flatMap(({ failure }) => failure ?? []),
        };
    }

    close(): Promise<void> {
        return this.site.close();
    }

    /**
     * Loads the collection, as an operator would after a crash: milvus-lite starts with nothing loaded, Milvus takes a
     * while.
     */
    private async loadServing(): Promise<void> {
        const { client, prefix } = this.site;
        const name = await this.site.aliasTarget(`${prefix}live`);
        if (name !== undefined)
            await loadCollection(client, { database: undefined, name }, { replicas: 1, resourceGroups: [] });
    }

    private steps(old: string) {
        return stepsOf(this.cutover, this.site.server.name, this.site.prefix, old);
    }

    /** Expects one collection in the new schema, under the alias, with every row once and in its partition. */
    private async expectMigrated(old: string, results: Result[]): Promise<void> {
        const { site, cutover, schema, model } = this;
        const there = await site.collections();
        expect(there, outputs(results)).to.have.length(1);
        expect(there[0] === old, `${there[0]!} took over from ${old}`).to.equal(cutover === "rename");
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(there[0]);
        expect(await site.stack.outputs()).to.deep.equal({ [`${site.prefix}docs`]: there[0] });
        const { resources } = await site.state();
        expect(
            resources.filter((resource) => resource.delete),
            "pending deletions",
        ).to.be.empty;
        for (const [partition, rows] of model) {
            const reading = { ...site, collection: `${site.prefix}live`, partition, fields: columns(schema) };
            expectCarried(rows, await readRows(reading), kept(schema), filled(schema));
        }
        const counted = await countRows(site.client, { database: undefined, name: there[0]! });
        expect(counted, "count(*)").to.equal(rowsOfPartition * partitions.length);
    }
}

const outputs = (results: Result[]) =>
    results.map(({ output }, at) => `--- up ${at + 1}\n${output}`).join("\n");
