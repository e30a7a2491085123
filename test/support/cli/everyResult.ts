import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { dropAlias } from "../../../provider/milvus/collection/aliases";
import {
    dropCollection,
    listCollections,
    setProperties,
} from "../../../provider/milvus/collection/collections";
import { createIndex } from "../../../provider/milvus/collection/indexes";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { both, create, ref } from "../../fake/open";
import { results as described } from "../../../cli/results";
import { runCommand } from "./testIo";

type Names = [string, string, string];

const owner = "shop/prod/docs";

/** Every command that has a result prints it as the published schema says. The names of what it makes begin with `prefix`. */
export async function expectEveryResult(
    client: MilvusClient,
    address: string,
    prefix: string,
): Promise<void> {
    const seen = await everyResult(client, address, prefix);
    expect([...seen.keys()]).to.have.members(Object.keys(described));
    const plan = seen.get("plan") as Record<string, unknown>;
    expect(plan).to.include({ saved: "plan.json", report: "plan.html", unfinished: null });
    expect(plan.approval).to.match(/^sha256:[0-9a-f]{64}$/);
    const serves = `${prefix}plain`;
    expect(seen.get("alter")).to.include({ changed: true, serves, report: "alter.html" });
    expect(seen.get("rollback")).to.include({ changed: true, serves, report: null });
    expect(seen.get("verify")).to.deep.include({ isEqual: true, isWhole: true, notCompared: [] });
}

/** Runs every command with `--json`, and returns the results by the names of the commands. */
async function everyResult(
    client: MilvusClient,
    address: string,
    prefix: string,
): Promise<Map<string, unknown>> {
    const folder = await mkdtemp(join(tmpdir(), "results-"));
    const [plain, other, live] = ["plain", "other", "live"].map((name) => prefix + name) as Names;
    const [old, copy, orphan] = ["docs_1111111", "docs_2222222", "gone_4444444"].map(
        (name) => prefix + name,
    ) as Names;
    const results = new Map<string, unknown>();
    const run = async (...argv: string[]) => {
        const environment = { MILVUS_ADDRESS: address };
        const { code, err, out, json } = await runCommand([...argv, "--json"], { environment, folder });
        expect(code, `${argv.join(" ")}: ${out}${err}`).to.equal(0);
        const ends = json().filter(({ type }) => type === "result" || type === "error");
        expect(ends, argv.join(" ")).to.deep.equal(json().slice(-1));
        results.set(ends[0]!.command as string, ends[0]!.result);
    };
    const make = async (
        name: string,
        marker?: Partial<OwnershipMarker>,
        more: Record<string, string> = {},
    ) => {
        await create(client, name);
        const all = { owner, generation: name.slice(-7), from: undefined, state: "live", ...marker } as const;
        const properties = { ...(marker && markerProperties(all)), ...more };
        // Milvus refuses an AlterCollection without one.
        if (Object.keys(properties).length > 0) await setProperties(client, ref(name), properties);
    };
    try {
        for (const name of [plain, other]) {
            await make(name);
            const index = {
                field: "vector",
                name: "vector",
                indexType: "FLAT",
                metricType: "L2",
                params: {},
            };
            await createIndex(client, ref(name), index);
            await loadCollection(client, ref(name), { replicas: 1, resourceGroups: [] });
        }
        await writeFile(
            join(folder, "schema.json"),
            JSON.stringify({ fields: both([{ name: "page", dataType: "Int64" }]) }),
        );
        const change = ["--collection", plain, "--schema", "schema.json"];
        await run("doctor");
        await run("pull", "--collection", plain, "--out", "pulled");
        await run("plan", ...change, "--save", "plan.json", "--report", "plan.html");
        await run("alter", ...change, "--yes", "--keep-previous", "--grace", "0", "--report", "alter.html");
        await run("rollback", plain, "--yes");
        await run("verify", plain, other);
        await run("aliases", "create", live, plain);
        await run("aliases", "list");
        await run("aliases", "switch", live, other);
        await run("aliases", "describe", live);
        await run("aliases", "drop", live, "--yes");

        // As a run that was interrupted in its copy leaves it.
        await make(old, {});
        const copying = checkpointProperty({ ...firstCheckpoint("plan", [undefined]), rows: 7 }, 3);
        await make(copy, { from: "1111111", state: "building" }, copying);
        await make(orphan, { from: "9999999", state: "building" });
        await run("status", "--report", "status.html");
        await run("pause", old);
        await run("resume", old);
        await run("abort", old, "--yes");
        // Others may have left something on the same server.
        await run("cleanup", "--dry-run");
        return results;
    } finally {
        await dropAlias(client, { database: undefined, alias: live }).catch(() => undefined);
        for (const name of await listCollections(client, undefined))
            if (name.startsWith(prefix)) await dropCollection(client, ref(name));
        await rm(folder, { recursive: true });
    }
}
