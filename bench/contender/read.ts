/** Measures a limit: reads the source as the copy does, with a given concurrency, and discards the rows. */
import { firstCheckpoint } from "../../provider/migration/properties/checkpoint";
import { readRange } from "../../provider/migration/read/readRange";
import { rangesOf, scheduleRanges } from "../../provider/migration/copy/scheduler";
import { readSource, partitionsToRead } from "../../provider/migration/read/endpoint";
import { contender, phase } from "./measure";
import { openEndpoints } from "./endpoints";

contender(async (job) => {
    const { source, spec, migration } = await openEndpoints(job);
    const { mapping, partitions } = migration;
    const read = await phase(async () => {
        const pages = await readSource(source, mapping);
        const { ranges } = await rangesOf(
            pages,
            mapping.key.dataType,
            firstCheckpoint("", partitionsToRead(partitions)).ranges,
        );
        let rows = 0;
        await scheduleRanges(ranges, job.workers, async (range) => {
            for await (const { page } of readRange(
                { ...pages, partition: undefined },
                range,
                spec.migration.batchBytes,
            ))
                rows += page.rows;
        });
        return rows;
    });
    return { read };
});
