/**
 * Uses the server's bulk import instead of inserts: rows are read and mapped as for a copy, written as one file per
 * column into the server's local storage, and imported (Milvus docs 2.3, "Insert Entities from Files").
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { poll } from "../../provider/milvus/transport/poll";
import { type Column, compileColumns } from "../../provider/wire";
import { firstCheckpoint } from "../../provider/migration/properties/checkpoint";
import { wireColumns } from "../../provider/migration/read/wireColumns";
import { readRange } from "../../provider/migration/read/readRange";
import { rangesOf, scheduleRanges } from "../../provider/migration/copy/scheduler";
import { buildIndexes, load } from "../../provider/migration/lifecycle/indexAndLoad";
import { readSource, partitionsToRead, workersOn } from "../../provider/migration/read/endpoint";
import { contender, phase } from "./measure";
import { npy } from "./npy";
import { openEndpoints, type Endpoints, silent } from "./endpoints";

const FOLDER = "bench-import";

contender(async (job) => {
    const endpoints = await openEndpoints(job);
    const { client, ref } = endpoints.target;
    const folder = join(job.storage!, FOLDER);
    await mkdir(folder, { recursive: true });
    try {
        let files: string[] = [];
        const write = await phase(async () => {
            files = await writeFiles(endpoints, folder);
            return job.rows;
        });
        const ingest = await phase(async () => {
            const { tasks } = await client.call("Import", {
                collection_name: ref.name,
                row_based: false,
                files,
            });
            const imported = await Promise.all((tasks as string[]).map((task) => finished(endpoints, task)));
            return imported.reduce((sum, rows) => sum + rows, 0);
        });
        const serve = await phase(async () => {
            await buildIndexes(client, ref, endpoints.spec, silent);
            await load(client, ref, endpoints.spec, silent);
            return job.rows;
        });
        return { write, ingest, serve };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
});

/** Reads as a copy does; all pages stay in memory until their columns are written. The server needs absolute paths. */
async function writeFiles({ source, spec, migration }: Endpoints, folder: string): Promise<string[]> {
    const { mapping, partitions } = migration;
    const columns = wireColumns(mapping);
    const map = compileColumns(columns);
    const pages = await readSource(source, mapping);
    const { ranges } = await rangesOf(
        pages,
        mapping.key.dataType,
        firstCheckpoint("", partitionsToRead(partitions)).ranges,
    );
    const read: { columns: Column[]; rows: number }[] = [];
    await scheduleRanges(ranges, workersOn(source), async (range) => {
        for await (const { page } of readRange(
            { ...pages, partition: undefined },
            range,
            spec.migration.batchBytes,
        ))
            read.push({ columns: map(page), rows: page.rows });
    });
    const files: string[] = [];
    for (const [at, column] of columns.entries()) {
        const parts = read.map((page) => ({ column: page.columns[at]!, rows: page.rows }));
        const file = join(folder, `${column.name}.npy`);
        await writeFile(file, npy(parts, column));
        files.push(file);
    }
    return files;
}

/** Waits until a task's rows are stored and returns their number. @throws Error with the server's reason */
async function finished({ target }: Endpoints, task: string): Promise<number> {
    let rows = 0;
    await poll(`importing into ${target.ref.name}`, async () => {
        const { state, row_count, infos } = await target.client.call("GetImportState", { task });
        if (String(state).startsWith("ImportFailed")) throw new Error(JSON.stringify(infos));
        rows = Number(row_count);
        return { finished: state === "ImportPersisted" || state === "ImportCompleted", mark: rows };
    });
    return rows;
}
