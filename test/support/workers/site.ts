import { randomBytes } from "node:crypto";

import { insertRows } from "../../../bench/rows";
import { after, before, type Size } from "../../../bench/schema";
import { parseCollection } from "../../../provider/inputs/parse";
import { Connection } from "../../../provider/inputs/schema/connection";
import type { Collection } from "../../../provider/inputs/schema/collection";
import { dropCollection } from "../../../provider/milvus/collection/collections";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import { countRows, flush } from "../../../provider/milvus/rows/rows";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { combineShards } from "../../../provider/migration/shards/combineShards";
import { buildIndexes, load } from "../../../provider/migration/lifecycle/indexAndLoad";
import { createWithMarker } from "../../../provider/migration/lifecycle/create";
import {
    checkpointProperty,
    firstCheckpoint,
    readCheckpoint,
} from "../../../provider/migration/properties/checkpoint";
import { mappingProperty } from "../../../provider/migration/properties/rowMapping";
import { partitionsToRead, type Endpoint } from "../../../provider/migration/read/endpoint";
import { verifyRows } from "../../../provider/migration/verify/verifyRows";
import { capabilities } from "../../../provider/observe/capabilities";
import { observeCollection } from "../../../provider/observe/collection";
import { newLeaseHolder } from "../../../provider/observe/lease";
import type { Migration } from "../../../provider/plan/migration";
import { planCollection } from "../../../provider/plan/plan";

const silent = { say: () => undefined, progress: () => undefined };
const [old, fresh] = ["3fa9c1d", "ba4d643"];

/** What stands in a copy that workers have made. */
export interface MadeCopy {
    /** Rows of the checkpoint, and those that the server counts, with every version of a key. */
    recorded: number;
    counted: number;
    isComplete: boolean;
}

/** A collection with rows on a server, and copies of it that workers make. The command finds both by their ownership markers. */
export class WorkersSite {
    private constructor(
        private readonly source: Endpoint,
        private readonly copy: Endpoint,
        private readonly spec: Collection,
        private readonly migration: Migration,
        /** What the command is told: the logical name of the resource. */
        readonly name: string,
        readonly rows: number,
    ) {}

    static async open(address: string, size: Size): Promise<WorkersSite> {
        const client = await MilvusClient.connect(Connection.parse({ address }));
        const able = await capabilities(client);
        const at = (name: string): Endpoint => ({
            client,
            capabilities: able,
            ref: { database: undefined, name },
        });
        const name = `docs${randomBytes(4).toString("hex")}`;
        const source = at(`${name}_${old}`);
        const [deployed, spec] = [specOf(before(size.dim)), specOf(after(size.dim))];
        const marker = { owner: ownerOf(name), generation: old, from: undefined, state: "live" } as const;
        await createWithMarker(source, deployed, marker);
        await insertRows(client, source.ref.name, size);
        await flush(client, source.ref);
        await buildIndexes(client, source.ref, deployed, silent);
        await loadCollection(client, source.ref, { replicas: 1, resourceGroups: [] });
        const { migration, findings } = planCollection({
            deployed,
            target: spec,
            source: await observeCollection(client, source.ref),
            capabilities: able,
            unknowns: false,
        });
        if (!migration) throw new Error(`no migration is planned: ${JSON.stringify(findings)}`);
        return new WorkersSite(source, at(`${name}_${fresh}`), spec, migration, name, size.rows);
    }

    /** Creates an empty copy that workers can begin at once. */
    async begin(): Promise<void> {
        const { partitions } = this.migration;
        const marker = {
            owner: ownerOf(this.name),
            generation: fresh,
            from: old,
            state: "building",
        } as const;
        await createWithMarker(this.copy, this.spec, marker, [], {
            ...checkpointProperty(firstCheckpoint("plan", partitionsToRead(partitions))),
            ...mappingProperty(this.migration, this.spec),
        });
    }

    /** Combines the shards, and compares both sides row by row. Errors: those of the verification. */
    async finish(): Promise<MadeCopy> {
        const { source, copy, spec, migration } = this;
        const { client, ref } = copy;
        await combineShards(client, ref, newLeaseHolder("test"), silent);
        const checkpoint = (await readCheckpoint(client, ref))!;
        const isComplete = checkpoint.ranges.every(({ done }) => done);
        await flush(client, ref);
        await buildIndexes(client, ref, spec, silent);
        await load(client, ref, spec, silent);
        const { batchBytes } = spec.migration;
        const ranges = checkpoint.ranges.map((range) => ({ ...range, after: range.begin, left: 0 }));
        const sides = { source, target: copy, ...migration, batchBytes, report: silent };
        await verifyRows({ ...sides, ranges, copied: this.rows, verify: "full" });
        return { recorded: checkpoint.rows, counted: await countRows(client, ref), isComplete };
    }

    /** Drops the copy, so that another one can begin. */
    dropCopy(): Promise<void> {
        return dropCollection(this.copy.client, this.copy.ref);
    }

    async close(): Promise<void> {
        await this.dropCopy().catch(() => undefined);
        await dropCollection(this.source.client, this.source.ref);
        this.source.client.close();
    }
}

const ownerOf = (name: string) => `search/prod/${name}`;

function specOf(args: object): Collection {
    const { spec, failures } = parseCollection(args as Record<string, unknown>);
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}
