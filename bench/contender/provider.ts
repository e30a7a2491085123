/** This project: its copy, its comparison, and its passes for the writes of clients, without Pulumi around them. */
import { flush } from "../../provider/milvus/rows";
import { BaseFolder } from "../../provider/run/baseFolder";
import { catchUp } from "../../provider/run/catchUp";
import { settleUntilQuiet } from "../../provider/run/settle";
import { splitTails } from "../../provider/run/tails";
import { copyRows } from "../../provider/step/copy";
import { buildIndexes, load } from "../../provider/step/serve";
import { verifyRows } from "../../provider/step/verify";
import { contender, phase } from "./measure";
import { openSides, silent } from "./sides";

contender(async (job) => {
    const { source, target, spec, migration } = await openSides(job);
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
    // The passes before the switch and after it, as a migration makes them that nobody writes during.
    const { mapping } = migration;
    const folder = await BaseFolder.create({ owner: "bench", from: job.target, mapping });
    const follow = await phase(async () => {
        const ranges = copied!.ranges.map((range) => ({ ...range }));
        const passes = { ...shared, ranges, folder };
        const { rows, last } = await catchUp(passes, copied!.rows);
        await settleUntilQuiet({ ...passes, ranges: await splitTails(ranges, last, folder) }, Date.now());
        return rows;
    });
    await folder.remove();
    return { copy, flush: stored, serve, verify: compare, follow };
});
