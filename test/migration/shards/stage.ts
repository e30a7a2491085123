import type { Key } from "../../../provider/wire";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { type LeaseHolder, newLeaseHolder } from "../../../provider/observe/lease";
import {
    type Checkpoint,
    checkpointProperty,
    firstCheckpoint,
    readCheckpoint,
} from "../../../provider/migration/properties/checkpoint";
import { combineShards } from "../../../provider/migration/shards/combineShards";
import type { ShardWork } from "../../../provider/migration/shards/shardWork";
import { type Fixture, type KeyType, openFixture, Pair, type Rows } from "../catchup/pair";

/** A process that has ended: no process has such a number. */
const ENDED = 2 ** 30;

const holder = (): LeaseHolder => newLeaseHolder("work");
export const endedHolder = (): LeaseHolder => ({ ...newLeaseHolder("work"), pid: ENDED });

/** A source with rows, and a copy that is begun, on a fake server. */
export class Stage {
    readonly lines: string[] = [];

    private constructor(
        readonly fixture: Fixture,
        readonly pair: Pair,
    ) {}

    static async open(rows: Rows, dataType: KeyType = "Int64", fixture?: Fixture): Promise<Stage> {
        const at = fixture ?? (await openFixture());
        const stage = new Stage(at, await Pair.open(at, dataType));
        await stage.pair.insert("source", rows);
        await stage.set(checkpointProperty(firstCheckpoint("plan", [undefined])));
        return stage;
    }

    get ref() {
        return this.pair.endpoint("target").ref;
    }

    worker(shard: number, count: number, more: Partial<ShardWork> = {}): ShardWork {
        return {
            source: this.pair.endpoint("source"),
            target: this.pair.endpoint("target"),
            mapping: this.pair.mapping,
            partitions: { kind: "together" },
            batchBytes: 1 << 20,
            followed: false,
            shard,
            count,
            holder: holder(),
            settleMs: 300,
            report: { say: (line) => void this.lines.push(line), progress: () => undefined },
            ...more,
        };
    }

    set(properties: Record<string, string>): Promise<void> {
        return setProperties(this.fixture.client, this.ref, properties);
    }

    properties(): Map<string, string> {
        return this.fixture.fake.collections().find(({ name }) => name === this.ref.name)!.properties;
    }

    async combine(by = holder()): Promise<Checkpoint> {
        const report = { say: (line: string) => void this.lines.push(line), progress: () => undefined };
        await combineShards(this.fixture.client, this.ref, by, report);
        return (await readCheckpoint(this.fixture.client, this.ref))!;
    }
}

export function rowsOf(keys: readonly Key[]): Rows {
    return new Map(keys.map((key, at) => [key, at + 1]));
}
