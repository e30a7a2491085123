import { expect } from "chai";
import fc from "fast-check";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { Connection } from "../../provider/inputs/schema/connection";
import { dynamicField } from "../support/data/field";
import { insertRows, int64Keys, textKeys } from "../support/data/rows";
import { Deployment, type DeploymentOf } from "../support/random/deployment";
import { expectDeclared } from "../support/random/described";
import { type Dialect, dialectOf } from "../support/random/dialect";
import { anyChange } from "../support/random/edit";
import { expected, partitionsOf } from "../support/random/model";
import { NativeDeployment } from "../support/random/nativeDeployment";
import { expectRows, rowsOf } from "../support/random/observed";
import { anyProgram, type Program } from "../support/random/program";
import { valuesFor } from "../support/random/values";
import type { Server, ServerName } from "../support/servers";
import { onServers } from "../support/servers/onServers";

/**
 * Migrations that take about half a minute on each server, and how many lanes go through them at once: most of the time
 * Milvus waits for itself. `RANDOM_MIGRATIONS` is another number.
 */
const usual: Record<ServerName, { runs: number; lanes: number }> = {
    "milvus-lite-3.2.2": { runs: 50, lanes: 1 },
    "milvus-2.3.5": { runs: 4, lanes: 4 },
    "milvus-lite-2.5.1": { runs: 50, lanes: 1 },
    external: { runs: 4, lanes: 4 },
};
const asked = Number(process.env["RANDOM_MIGRATIONS"] ?? 0);
/** Of a run to repeat, as its failure tells them. */
const { RANDOM_SEED: seed, RANDOM_PATH: path } = process.env;

interface Migration {
    before: Program;
    after: Program;
    /** Whether the rows are such that the new schema takes them. */
    fit: boolean;
    seed: number;
}

const anyMigration = (dialect: Dialect): fc.Arbitrary<Migration> =>
    anyProgram(dialect).chain((before) =>
        fc.record({
            before: fc.constant(before),
            after: anyChange(before, dialect),
            fit: fc.nat(5).map((draw) => draw > 0),
            seed: fc.nat(),
        }),
    );

type Deploy = new (server: Server, name: string) => DeploymentOf<Program>;

/** The native provider differs in its calls alone: the cheapest server shows it. */
const deployments = (name: ServerName): [how: string, Deploy][] => [
    ["", Deployment],
    ...(name === "milvus-lite-3.2.2"
        ? [[" with the native provider", NativeDeployment] as [string, Deploy]]
        : []),
];

onServers("any migration", { fast: [] }, (server, serverName) => {
    let client: MilvusClient;
    let begun = 0;

    before(async () => {
        const { address, token } = server();
        client = await MilvusClient.connect(Connection.parse({ address, token }));
    });

    after(async () => {
        for (const name of await ours("")) await dropCollection(client, { database: undefined, name });
        client?.close();
    });

    const ours = async (name: string) =>
        (await listCollections(client, undefined)).filter((one) =>
            one.startsWith(`random${process.pid}_${name}`),
        );

    for (const [how, deploy] of deployments(serverName))
        it(`results in the declared schema and the rows of the model, or is blocked and changes nothing${how}`, async function () {
            const { runs, lanes } = usual[server().name];
            const numRuns = asked || runs;
            this.timeout(Math.max(30, numRuns) * 60_000);
            const dialect = dialectOf(server());
            const lane = (share: number) =>
                fc.assert(
                    fc.asyncProperty(anyMigration(dialect), (migration) => holds(migration, dialect, deploy)),
                    {
                        numRuns: share,
                        // A failure tells its seed and path; each step to a smaller one would be a migration, too.
                        endOnFailure: true,
                        ...(seed !== undefined && { seed: Number(seed) }),
                        ...(path !== undefined && { path }),
                    },
                );
            if (seed !== undefined) return lane(numRuns);
            const ended = await Promise.allSettled(
                Array.from({ length: lanes }, () => lane(Math.ceil(numRuns / lanes))),
            );
            const failure = ended.find((end) => end.status === "rejected");
            if (failure) throw failure.reason;
        });

    async function holds(migration: Migration, dialect: Dialect, deploy: Deploy): Promise<void> {
        const { before, after } = migration;
        const number = ++begun;
        const name = `random${process.pid}_${number}`;
        const deployment = new deploy(server(), name);
        await deployment.up(before);
        const first = deployment.collection;
        await expectDeclared(client, first, before, dialect, "");
        await fill(first, migration, dialect);
        const rows = await rowsOf(client, first, before, dialect);
        const wanted = expected(before, after, rows, dialect);

        const failure = await deployment.up(after).then(
            () => undefined,
            (error: unknown) => error as Error,
        );
        const said = `${wanted.why}\n${deployment.said()}\n${failure?.stack ?? ""}`;
        if (wanted.verdict !== "maybe")
            expect(failure ? "refused" : "carried", said).to.equal(wanted.verdict);
        if (failure) {
            expect(failure.message).to.match(/\[MV\d{3}\]/);
            // What the server refused for a reason of its own may pass: the copy stays, and goes with the collection.
            const [copy] = /\S+(?= is kept; the next `pulumi up` resumes the copy)/.exec(said) ?? [];
            expect(await ours(`${number}_`), said).to.have.members(copy ? [first, copy] : [first]);
            await expectDeclared(client, first, before, dialect, said);
            expect(await rowsOf(client, first, before, dialect), said).to.deep.equal(rows);
        } else {
            const second = deployment.collection;
            await expectDeclared(client, second, after, dialect, said);
            expectRows(await rowsOf(client, second, after, dialect), wanted);
            expect(await deployment.refresh(), "a refresh").to.equal("");
        }
        await deployment.destroy();
        expect(await ours(`${number}_`), "what is left").to.deep.equal([]);
    }

    async function fill(collection: string, migration: Migration, dialect: Dialect): Promise<void> {
        const { before, after, fit, seed } = migration;
        const key = before.fields.find(({ isPrimaryKey }) => isPrimaryKey)!;
        const fields = before.enableDynamicField ? [...before.fields, dynamicField] : before.fields;
        const keys =
            key.dataType === "VarChar" ? textKeys(300) : int64Keys(300, { largest: dialect.largestKey });
        const value = valuesFor(before, after, dialect, fit);
        const partitions = partitionsOf(before, dialect);
        const share = keys.length / partitions.length;
        for (const [at, partition] of partitions.entries()) {
            const own = keys.slice(at * share, (at + 1) * share);
            await insertRows({
                ...{ client, collection, fields, value, partition, batch: 150, seed: seed + at },
                ...(key.autoId ? { count: own.length } : { keys: own }),
            });
        }
    }
});
