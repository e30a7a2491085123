import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { operateGrant } from "../../../provider/milvus/access/operateGrant";
import { createPrivilegeGroup, operatePrivilegeGroup } from "../../../provider/milvus/access/privilegeGroups";
import { createRole } from "../../../provider/milvus/access/roles";
import { createUser, giveRole } from "../../../provider/milvus/access/users";
import { createDatabase } from "../../../provider/milvus/cluster/databases";
import { createGroup } from "../../../provider/milvus/cluster/resourceGroups";
import { createAlias } from "../../../provider/milvus/collection/aliases";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { create, serve } from "../../fake/open";
import { type Ran, runCommand } from "../../support/cli/testIo";

export const password = "Hidden-Secret-1";

/** What a server may hold: an object of each kind, each naming others. */
export async function fill(client: MilvusClient, isNew: boolean): Promise<void> {
    await createDatabase(client, "library", isNew ? { "database.max.collections": "7" } : {});
    await createGroup(
        client,
        "heavy",
        isNew ? { requests: 0, limits: 2, transferFrom: [], transferTo: [], nodeLabels: {} } : undefined,
    );
    await create(client, "docs", { description: "Documents", partitions: [] });
    await serve(client, "docs");
    await create(client, "class", { database: "library", enableDynamicField: true });
    await createAlias(client, { database: undefined, alias: "live" }, "docs");
    await createAlias(client, { database: "library", alias: "books" }, "class");
    if (isNew) {
        await createPrivilegeGroup(client, "ingest");
        await operatePrivilegeGroup(client, "ingest", "AddPrivilegesToGroup", ["Insert", "Upsert"]);
    }
    for (const role of ["reader", "writer"]) await createRole(client, role);
    for (const user of ["alice", "bob"]) await createUser(client, user, password);
    for (const role of ["reader", "admin"]) await giveRole(client, "alice", role);
    const grants: [role: string, database: string, collection: string, privilege: string][] = [
        ["reader", "default", "docs", "Search"],
        ["reader", "default", "live", "Query"],
        ["reader", "library", "*", "Query"],
        ["writer", "library", "class", "Insert"],
        ...(isNew ? [["writer", "default", "docs", "ingest"] as [string, string, string, string]] : []),
        ["writer", "default", "nowhere", "Insert"],
    ];
    for (const [role, database, collection, privilege] of grants)
        await operateGrant(client, "Grant", { role, database, collection }, privilege);
}

export interface Pulled extends Ran {
    folder: string;
    /** A file of the project. */
    text: (name: string) => Promise<string>;
}

/** `pull` into a folder that does not exist yet, and that is gone after the test. */
export async function pull(address: string, ...argv: string[]): Promise<Pulled> {
    const parent = await mkdtemp(join(tmpdir(), "pull-"));
    parents.push(parent);
    const folder = join(parent, "shop");
    const ran = await runCommand(["pull", "--address", address, "--out", folder, ...argv]);
    return { ...ran, folder, text: (name) => readFile(join(folder, name), "utf8") };
}

const parents: string[] = [];

afterEach(async () => {
    for (const parent of parents.splice(0)) await rm(parent, { recursive: true, force: true });
});
