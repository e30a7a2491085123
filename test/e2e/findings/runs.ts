import { createAlias as createAliasOf } from "../../../provider/milvus/collection/aliases";
import { dropCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { releaseCollection } from "../../../provider/milvus/collection/loading";
import { observeMarker } from "../../../provider/observe/collection";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { dropLease } from "../../../provider/migration/properties/lease";
import { create as createAlias, update as updateAlias } from "../../../provider/resource/alias";
import { requireFree } from "../../../provider/migration/lifecycle/build";
import { swap } from "../../../provider/migration/cutover/swapNames";
import type { CollectionArguments } from "../../../provider/inputs/schema/collection";
import type { FieldArguments } from "../../support/data/field";
import { startFake } from "../../support/fake";
import { contextOf, deploy, type Place } from "./place";
import { collection, type ServerError } from "./servers";

const [id, vector, text] = collection.fields as [FieldArguments, FieldArguments, FieldArguments];
const dynamic = { enableDynamicField: true };

/** Codes that stories of their own provoke, each with whole `up`s. */
export const elsewhere: Record<string, string> = {
    MV560: "test/resource/collection/approvedPlan.test.ts",
    MV561: "test/resource/collection/approvedPlan.test.ts",
    MV562: "test/resource/collection/approvedPlan.test.ts",
    MV371: "test/migration/lifecycle/backfillRows.test.ts",
    MV380: "test/migration/shards/copyShard.test.ts",
    MV381: "test/migration/shards/copyShard.test.ts",
    MV382: "test/migration/shards/copyShard.test.ts",
    MV383: "test/migration/shards/copyShard.test.ts",
    MV301: "test/e2e/adopt.test.ts",
    MV302: "test/e2e/adopt.test.ts",
    MV303: "test/e2e/adopt.test.ts",
    MV304: "test/e2e/delete.test.ts",
    MV305: "test/e2e/delete.test.ts",
    MV306: "test/e2e/delete.test.ts",
    MV310: "test/e2e/adopt.test.ts",
    MV311: "test/e2e/adopt.test.ts",
    MV312: "test/e2e/adopt.test.ts",
    MV313: "test/e2e/blocked.test.ts",
    MV316: "test/e2e/connection.test.ts",
    MV317: "test/e2e/unreadable.test.ts",
    MV318: "test/e2e/transform.test.ts",
    MV320: "test/migration/cutover/prepareCutover.test.ts",
    MV321: "test/e2e/interruptedRun.test.ts",
    MV322: "test/e2e/secondRun.test.ts",
    MV323: "test/e2e/blindReplace.test.ts",
    MV324: "test/e2e/renamed.test.ts",
    MV325: "test/e2e/writePause.test.ts",
    MV326: "test/e2e/interruptedRun.test.ts",
    MV327: "test/resource/alias/move.test.ts",
    MV328: "test/resource/recovery/restoreOriginalName.test.ts",
    MV329: "test/plan/recovery/located.test.ts",
    MV330: "test/resource/recovery/copies.test.ts",
    MV331: "test/migration/lifecycle/writeFence.test.ts",
    MV332: "test/migration/properties/lease.test.ts",
    MV333: "test/e2e/adopt.test.ts",
    MV335: "test/migration/cutover/renameCutover.test.ts",
    MV336: "test/migration/copy/copyRows.test.ts",
    MV338: "test/e2e/transform.test.ts",
    MV339: "test/migration/transform/transform.test.ts",
    MV340: "test/migration/catchup/baselineFolder.test.ts",
    MV342: "test/e2e/droppedSuccessor.test.ts",
    MV490: "test/telemetry/unavailable.test.ts",
    MV491: "test/telemetry/unavailable.test.ts",
    MV492: "test/telemetry/unavailable.test.ts",
    MV366: "test/migration/lifecycle/awaitIndex.test.ts",
    MV367: "test/resource/collection/behindSchema.test.ts",
    MV368: "test/resource/alias/move.test.ts",
    MV369: "test/migration/lifecycle/strayDatabase.test.ts",
    MV370: "test/migration/lifecycle/stale.test.ts",
    MV430: "test/e2e/gate.test.ts",
    MV431: "test/migration/gate/queries.test.ts",
    MV432: "test/migration/gate/queries.test.ts",
    MV433: "test/migration/gate/queries.test.ts",
    MV434: "test/e2e/gateQueries.test.ts",
    MV390: "test/resource/collection/refusedUpdate.test.ts",
    MV227: "test/milvus/transport/errors.test.ts",
    MV349: "test/resource/detached/detached.test.ts",
    MV358: "test/resource/detached/detached.test.ts",
    MV396: "test/migration/catchup/ownTarget.test.ts",
    MV397: "test/migration/catchup/ownTarget.test.ts",
    MV346: "test/resource/context/withCode.test.ts",
    MV347: "test/resource/context/withCode.test.ts",
    MV348: "test/resource/context/withCode.test.ts",
    MV350: "test/resource/alias/protection.test.ts",
    MV351: "test/resource/alias/protection.test.ts",
    MV352: "test/resource/collection/adopt.test.ts",
    MV354: "test/native/service.test.ts",
    MV355: "test/native/service.test.ts",
    MV356: "test/native/autoName.test.ts",
    MV357: "test/native/autoName.test.ts",
    MV391: "test/native/lookups.test.ts",
    MV392: "test/native/lookups.test.ts",
    MV393: "test/native/movedHere.test.ts",
    MV360: "test/resource/preflight/preflight.test.ts",
    MV361: "test/resource/context/configuredServer.test.ts",
    MV362: "test/resource/context/configuredServer.test.ts",
    MV363: "test/sdk/packageRoute.test.ts",
    MV400: "test/e2e/databases.test.ts",
    MV401: "test/resource/database/database.test.ts",
    MV402: "test/resource/partition/partition.test.ts",
    MV403: "test/e2e/databases.test.ts",
    MV404: "test/e2e/foreignPartition.test.ts",
    MV405: "test/resource/partition/partition.test.ts",
    MV406: "test/e2e/foreignPartition.test.ts",
    MV407: "test/resource/partition/partition.test.ts",
    MV408: "test/resource/database/database.test.ts",
    MV409: "test/resource/database/database.test.ts",
    MV460: "test/resource/preflight/database.test.ts",
    MV461: "test/resource/preflight/database.test.ts",
    MV462: "test/resource/preflight/database.test.ts",
    MV410: "test/fake/users.test.ts",
    MV411: "test/fake/users.test.ts",
    MV412: "test/e2e/access.test.ts",
    MV413: "test/e2e/access.test.ts",
    MV414: "test/e2e/access.test.ts",
    MV415: "test/fake/users.test.ts",
    MV420: "test/resource/grant/grant.test.ts",
    MV421: "test/resource/grant/grant.test.ts",
    MV422: "test/resource/grant/grant.test.ts",
    MV423: "test/resource/grant/require.test.ts",
    MV424: "test/resource/grant/require.test.ts",
    MV425: "test/resource/grant/require.test.ts",
    MV450: "test/fake/privileges/beforeChange.test.ts",
    MV440: "test/resource/resourceGroup/resourceGroup.test.ts",
};

/** The others: how each comes about. */
export const provoked: Record<string, ServerError & { before?: CollectionArguments }> = {
    MV307: {
        on: "milvus-lite-3.2.2",
        call: async (place) => {
            const next = { fields: [id, vector] };
            await place.plan(next);
            await dropCollection(place.client, place.ref);
            await place.replace(next);
        },
    },
    // milvus-lite 3 writes a dynamic key over the field of that name; in a released collection these rows are not counted.
    MV308: {
        on: "milvus-lite-3.2.2",
        before: { ...collection, ...dynamic },
        call: (place) => migrateOverKey(place, { writes: "paused" }),
    },
    MV309: {
        on: "milvus-lite-3.2.2",
        call: async (place) => {
            await place.insert(40);
            await migrate(place, { fields: [id, vector, { name: "text", dataType: "Int64" }] });
        },
    },
    MV314: {
        on: "milvus-lite-2.5.1",
        call: ({ address, name, ref }) =>
            createAlias(contextOf(address), {
                owner: "",
                name: "live",
                spec: { name: name("live"), collection: ref.name, adopt: false },
                props: {},
            }),
    },
    // No real server fails twice in a row on demand: the second rename, and the one back.
    MV315: {
        fake: async () => {
            const fake = await startFake({ version: "2.6.18" });
            const place = await deploy(fake.address, collection);
            const failure = { code: 65535, reason: "down" };
            fake.failNext("RenameCollection", { passes: true });
            fake.failNext("RenameCollection", failure);
            fake.failNext("RenameCollection", failure);
            const { client, ref, name } = place;
            try {
                const report = { say: () => undefined, progress: () => undefined };
                await swap({ client, ref, shadow: name("shadow"), oldName: name("retired"), report });
            } finally {
                await place.close();
                fake.stop();
            }
        },
    },
    MV319: {
        on: "milvus-2.3.5",
        call: async (place) => {
            await place.insert(40);
            const before = process.env["TMPDIR"];
            // No folder can be made in a file.
            process.env["TMPDIR"] = __filename;
            try {
                await migrate(place, { fields: [id, vector] });
            } finally {
                if (before === undefined) delete process.env["TMPDIR"];
                else process.env["TMPDIR"] = before;
            }
        },
    },
    MV334: {
        on: "milvus-lite-3.2.2",
        call: async ({ client, ref }) => {
            const marker = (await observeMarker(client, ref)).marker!;
            await setProperties(client, ref, markerProperties({ ...marker, state: "previous" }));
            await requireFree(client, ref, marker.owner);
        },
    },
    // Each pass writes the row again, and the server writes the key over it again.
    MV337: {
        on: "milvus-lite-3.2.2",
        before: { ...collection, ...dynamic },
        call: (place) => migrateOverKey(place, {}),
    },
    // A client that was not paused as promised.
    MV341: {
        on: "milvus-2.3.5",
        call: async (place) => {
            await place.insert(40);
            await migrate(place, { fields: [id, vector], migration: { writes: "paused", grace: 0 } });
            await place.insert(1);
            await place.remove();
        },
    },
    // The run that copied is forgotten, as by a process that was killed.
    MV343: {
        on: "milvus-lite-3.2.2",
        call: async (place) => {
            const { client, ref, name } = place;
            await place.insert(40);
            await createAliasOf(client, { database: undefined, alias: name("live") }, ref.name);
            const next: CollectionArguments = {
                fields: [id, vector],
                migration: { writes: "paused", verify: "count" },
            };
            await place.plan(next);
            const { collectionName } = await place.replace(next);
            const { owner } = (await observeMarker(client, ref)).marker!;
            await place.insert(50);
            // Its lease has run out since.
            await dropLease(client, { database: undefined, name: collectionName });
            const alias = { name: name("live"), collection: collectionName, adopt: false };
            const resource = { owner, name: "live", spec: alias, props: {} };
            await updateAlias(place.laterRun(), resource);
        },
    },
    MV344: {
        on: "milvus-lite-3.2.2",
        call: async ({ address, client, ref, name }) => {
            const first = name("first");
            await createAliasOf(client, { database: undefined, alias: first }, ref.name);
            const spec = { name: name("live"), collection: first, adopt: false };
            await createAlias(contextOf(address), { owner: "", name: "live", spec, props: {} });
        },
    },
    MV345: {
        on: "milvus-lite-3.2.2",
        call: async ({ address, client, ref, name }) => {
            const other = await deploy(address, collection);
            try {
                await releaseCollection(client, other.ref);
                await createAliasOf(client, { database: undefined, alias: name("live") }, ref.name);
                const spec = { name: name("live"), collection: other.ref.name, adopt: false };
                await updateAlias(contextOf(address), { owner: "", name: "live", spec, props: {} });
            } finally {
                await other.close();
            }
        },
    },
};

async function migrateOverKey(place: Place, migration: CollectionArguments["migration"]): Promise<void> {
    const user: FieldArguments = { name: "user", dataType: "VarChar", maxLength: 64 };
    await place.insert(40);
    await releaseCollection(place.client, place.ref);
    await migrate(place, { fields: [id, vector, text, user], ...dynamic, migration });
}

async function migrate(place: Place, next: CollectionArguments): Promise<void> {
    await place.plan(next);
    await place.replace(next);
}
