import { appendTo } from "../../provider/inputs/values/appendTo";
import type { Inspected } from "../../provider/observe/generation";
import type { MigrationSeen } from "../../provider/plan/recovery/overview";
import { rowsOf } from "../../provider/resource/context/rowsOf";
import { type DatabaseOverview, observeOverview } from "../../provider/resource/operate/overview";
import { serverTime } from "../../provider/milvus/rows/readPoint";
import type { DeployedCollection } from "../connection/stack";
import type { Connected } from "../connection/withServer";
import type { CollectionStatus, MigrationStatus, Status } from "./result";

/** What stands on the server; with `--stack` what is the stack's alone. */
export async function readStatus(connected: Connected): Promise<Status> {
    const { client, capabilities, context, stack } = connected;
    const seen = await observeOverview(context, connected);
    const now = await serverTime(client);
    const isOwn = ({ marker }: Inspected) =>
        stack?.owner === undefined || marker.owner.startsWith(`${stack.owner}/`);
    const every = async <Item, Shown>(
        items: (one: DatabaseOverview) => readonly Item[],
        show: (item: Item, database: string) => Promise<Shown | undefined>,
    ): Promise<Shown[]> => {
        const shown: Shown[] = [];
        for (const one of seen)
            for (const item of items(one)) {
                const line = await show(item, one.database);
                if (line !== undefined) shown.push(line);
            }
        return shown;
    };
    const collection = async (one: Inspected, database: string): Promise<CollectionStatus | undefined> => {
        const rows = isOwn(one) ? await rowsOf(client, one.ref) : undefined;
        return rows === undefined
            ? undefined
            : { database, name: one.ref.name, owner: one.marker.owner, rows };
    };
    return {
        address: client.target,
        version: client.serverVersion ?? "unknown",
        server: capabilities.server,
        migrations: await every(
            ({ migrations }) => migrations.filter(({ copy }) => isOwn(copy)),
            (one, database) => migrationStatus(connected, one, database, now),
        ),
        orphans: await every(({ orphans }) => orphans, collection),
        creations: await every(({ creations }) => creations, collection),
        retained: await every(
            ({ retained }) => retained,
            async ({ at, behind }, database) => {
                const shown = await collection(at, database);
                return shown && { ...shown, ...retainedStatus(at, behind, now) };
            },
        ),
        refusingWrites: await every(({ fenced }) => fenced, collection),
        owners: ownersOf(seen, isOwn),
        missing: stack ? missingOf(seen, stack.collections, client.database) : [],
    };
}

function retainedStatus({ marker, keptUntil }: Inspected, behind: Inspected | undefined, now: number) {
    const hasTime = keptUntil !== undefined;
    return {
        generation: marker.generation,
        behind: behind?.ref.name ?? null,
        expires: hasTime ? new Date(keptUntil).toISOString() : null,
        secondsLeft: hasTime ? Math.ceil(Math.max(0, keptUntil - now) / 1000) : null,
    };
}

async function migrationStatus(
    { client }: Connected,
    { owner, source, copy, phase }: MigrationSeen,
    database: string,
    now: number,
): Promise<MigrationStatus | undefined> {
    const total = await rowsOf(client, source.ref);
    if (total === undefined) return undefined;
    const { progress, worker } = copy;
    const rows = phase === "copying" ? (progress?.rows ?? 0) : (progress?.rows ?? total);
    const isRunning = copy.lease === "held";
    const rate = isRunning && phase === "copying" && !copy.isPaused ? progress?.rowsPerSecond : undefined;
    return {
        database,
        owner,
        from: source.ref.name,
        to: copy.ref.name,
        aliases: [...source.aliases, ...copy.aliases],
        phase,
        isPaused: copy.isPaused,
        isRunning,
        rows,
        total: Math.max(rows, total),
        rowsPerSecond: rate ?? null,
        secondsLeft: rate ? Math.ceil(Math.max(0, total - rows) / rate) : null,
        lease:
            isRunning && worker
                ? {
                      process: worker.pid,
                      machine: worker.machine,
                      secondsLeft: Math.ceil((worker.until - now) / 1000),
                  }
                : null,
        detached:
            copy.detached === undefined
                ? null
                : {
                      switchBy: copy.detached,
                      phase: copy.work?.phase ?? "waiting",
                      error: copy.work?.error ?? null,
                  },
        refusesWrites: source.isFenced,
    };
}

function ownersOf(seen: readonly DatabaseOverview[], isOwn: (one: Inspected) => boolean): Status["owners"] {
    const owners = new Map<string, string[]>();
    for (const { serving, migrations } of seen)
        for (const one of [...serving, ...migrations.map(({ source }) => source)].filter(isOwn))
            appendTo(owners, one.marker.owner, one.ref.name);
    return [...owners]
        .map(([owner, collections]) => ({ owner, collections }))
        .sort((one, other) => one.owner.localeCompare(other.owner));
}

/** Collections of a state in the databases that were looked at. */
function missingOf(
    seen: readonly DatabaseOverview[],
    collections: readonly DeployedCollection[],
    configured: string,
): string[] {
    return collections
        .filter(({ name, database = configured }) => {
            const looked = seen.find((one) => one.database === database);
            return looked !== undefined && !namesIn(looked).includes(name);
        })
        .map(({ name }) => name);
}

const namesIn = ({ serving, creations, orphans, retained, migrations }: DatabaseOverview): string[] =>
    [
        ...serving,
        ...creations,
        ...orphans,
        ...retained.map(({ at }) => at),
        ...migrations.flatMap(({ source, copy }) => [source, copy]),
    ].map(({ ref }) => ref.name);
