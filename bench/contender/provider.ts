/** This project: its copy and its comparison, without Pulumi around them. */
import { flush } from "../../provider/milvus/rows";
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
    const serve = await phase(async () => {
        await flush(target.client, target.ref);
        await buildIndexes(target.client, target.ref, spec, silent);
        await load(target.client, target.ref, spec, silent);
        return copied!.rows;
    });
    const compare = await phase(async () => {
        await verifyRows({ ...shared, copied: copied!.rows, ranges: copied!.ranges, verify });
        return copied!.rows;
    });
    return { copy, serve, verify: compare };
});
