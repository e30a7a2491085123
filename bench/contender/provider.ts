/** This project's copy, verification and catch-up passes, without Pulumi. */
import { flush } from "../../provider/milvus/rows/rows";
import { newLeaseHolder } from "../../provider/observe/lease";
import { prepareCutover } from "../../provider/migration/cutover/prepareCutover";
import type { Cutover } from "../../provider/migration/cutover/cutover";
import { copyRows } from "../../provider/migration/copy/copyRows";
import { buildIndexes, load } from "../../provider/migration/lifecycle/indexAndLoad";
import { verifyRows } from "../../provider/migration/verify/verifyRows";
import { contender, phase } from "./measure";
import { openEndpoints, silent } from "./endpoints";

contender(async (job) => {
    const { source, target, spec, migration } = await openEndpoints(job);
    const { batchBytes, verify } = spec.migration;
    const shared = { source, target, ...migration, batchBytes, followed: false, report: silent };
    let copied: Awaited<ReturnType<typeof copyRows>> | undefined;
    const copy = await phase(async () => {
        copied = await copyRows(shared);
        return copied.rows;
    });
    const stored = await phase(async () => {
        await flush(target.client, target.ref);
        return copied!.rows;
    });
    const serve = await phase(async () => {
        await buildIndexes(target.client, target.ref, spec, silent);
        await load(target.client, target.ref, spec, silent);
        return copied!.rows;
    });
    const compare = await phase(async () => {
        await verifyRows({ ...shared, copied: copied!.rows, ranges: copied!.ranges, verify });
        return copied!.rows;
    });
    // The catch-up passes before and after the switch, as in a migration without writers; the grace period is not work.
    const atOnce = { ...spec, migration: { ...spec.migration, grace: 0 } };
    let cutover: Cutover | undefined;
    const followed = await phase(async () => {
        cutover = await prepareCutover({
            ...shared,
            spec: atOnce,
            marker: { owner: "bench", generation: job.target, from: job.source, state: "building" },
            generation: job.target,
            ranges: copied!.ranges,
            expected: copied!.rows,
            holder: newLeaseHolder("bench"),
        });
        await cutover.finish();
        return copied!.rows;
    });
    await cutover!.forget();
    return { copy, flush: stored, serve, verify: compare, follow: followed };
});
