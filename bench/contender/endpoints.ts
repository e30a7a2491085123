import { MilvusClient } from "../../provider/milvus/transport/client";
import { capabilities } from "../../provider/observe/capabilities";
import { observeCollection } from "../../provider/observe/collection";
import type { Migration } from "../../provider/plan/migration";
import { planCollection } from "../../provider/plan/plan";
import type { Collection } from "../../provider/inputs/schema/collection";
import { Connection } from "../../provider/inputs/schema/connection";
import { parseCollection } from "../../provider/inputs/parse";
import type { Endpoint } from "../../provider/migration/read/endpoint";
import type { Job } from "../outcome";
import { after, before } from "../schema";

/** Both collections of a job, and the provider's plan for the migration between them. */
export interface Endpoints {
    source: Endpoint;
    target: Endpoint;
    spec: Collection;
    migration: Migration;
}

export async function openEndpoints({ address, source, target, dim }: Job): Promise<Endpoints> {
    const client = await MilvusClient.connect(Connection.parse({ address }));
    const ref = { database: undefined, name: source };
    const able = await capabilities(client);
    const spec = specOf(after(dim));
    const { migration, findings } = planCollection({
        deployed: specOf(before(dim)),
        target: spec,
        source: await observeCollection(client, ref),
        capabilities: able,
        unknowns: false,
    });
    if (!migration) throw new Error(`no migration is planned: ${JSON.stringify(findings)}`);
    return {
        source: { client, capabilities: able, ref },
        target: { client, capabilities: able, ref: { database: undefined, name: target } },
        spec,
        migration,
    };
}

export function specOf(args: object): Collection {
    const { spec, failures } = parseCollection(args as Record<string, unknown>);
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}

/** No output is printed, because printing would be measured too. */
export const silent = { say: () => undefined, progress: () => undefined };
