import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { revokeRecorded } from "../../../provider/milvus/access/operateGrant";
import { grantsOfRole } from "../../../provider/milvus/access/roleGrants";
import { dropRole } from "../../../provider/milvus/access/roles";
import { dropUser, logsIn, userRoles } from "../../../provider/milvus/access/users";
import { dropDatabase } from "../../../provider/milvus/cluster/databases";
import { dropCollection } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { environment } from "../servers/python";

/** The beginning of each password; the number of the user follows. */
export const teamPassword = "Of-A-Team-";

/** What the script has made. */
export interface Made {
    databases: string[];
    collections: string[];
    roles: string[];
    users: Record<string, string[]>;
    /** Privileges by `role/database/collection`, which is the id of a Grant. */
    grants: Record<string, string[]>;
}

/** Makes databases, users, roles and grants as teams do: see the script. */
export async function makeAccess(address: string, token: string, prefix: string): Promise<Made> {
    const interpreter = join(await environment("milvus-lite-3.2.2"), "bin/python");
    const script = join(__dirname, "accessOfTeams.py");
    const args = [script, address, token, prefix, teamPassword];
    return JSON.parse((await promisify(execFile)(interpreter, args)).stdout) as Made;
}

/** Nothing that the script has made is changed. */
export async function expectUntouched(client: MilvusClient, made: Made): Promise<void> {
    for (const [number, [user, roles]] of Object.entries(made.users).entries()) {
        expect(await userRoles(client, user)).to.have.members(roles);
        expect(await logsIn(client, user, `${teamPassword}${number}`), user).to.equal(true);
    }
    const found: Record<string, string[]> = {};
    for (const role of made.roles)
        for (const one of await grantsOfRole(client, role, "default", ...made.databases))
            (found[`${role}/${one.database}/${one.collection}`] ??= []).push(one.privilege);
    expect(sorted(found)).to.deep.equal(sorted(made.grants));
}

const sorted = (grants: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(grants).map(([place, privileges]) => [place, privileges.sort()]));

export async function removeAccess(
    client: MilvusClient,
    { databases, collections, roles, users }: Made,
): Promise<void> {
    for (const user of Object.keys(users)) await dropUser(client, user);
    for (const role of roles) {
        for (const one of await grantsOfRole(client, role, "default", ...databases))
            await revokeRecorded(client, one);
        await dropRole(client, role, false);
    }
    for (const database of databases) {
        for (const name of collections) await dropCollection(client, { database, name });
        await dropDatabase(client, database);
    }
}
