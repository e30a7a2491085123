import { expect } from "chai";
import fc from "fast-check";

import { lives } from "../../../provider/lives";
import { hasGroups } from "../../../provider/milvus/access/operateGrant";
import { grantsOfRole } from "../../../provider/milvus/access/roleGrants";
import { listRoles } from "../../../provider/milvus/access/roles";
import { listPrivilegeGroups } from "../../../provider/milvus/access/privilegeGroups";
import { userRoles } from "../../../provider/milvus/access/users";
import { listDatabases } from "../../../provider/milvus/cluster/databases";
import { describeAlias } from "../../../provider/milvus/collection/aliases";
import { listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { open, smallest } from "../../fake/open";
import { currentTier } from "../../support/tier";
import { contextOf } from "../context/contextOf";

const database = "library";
const isFast = currentTier() === "fast";

interface Declared {
    type: string;
    args: Props;
    /** What its arguments name. */
    names: string[];
}

/** One of each kind, in an order in which they can be created. */
const program = (force: boolean): Record<string, Declared> => ({
    library: { type: "Database", args: { forceDestroy: force }, names: [] },
    reader: { type: "Role", args: { forceDestroy: force }, names: [] },
    ingest: { type: "PrivilegeGroup", args: { privileges: ["Insert", "Upsert"] }, names: [] },
    docs: { type: "Collection", args: { name: "docs", database, fields: smallest }, names: [database] },
    pages: { type: "Collection", args: { name: "pages", fields: smallest }, names: [] },
    en: {
        type: "Partition",
        args: { database, collection: "docs", forceDestroy: force },
        names: [database, "docs"],
    },
    live: { type: "Alias", args: { database, collection: "docs" }, names: [database, "docs"] },
    front: { type: "Alias", args: { collection: "pages" }, names: ["pages"] },
    alice: { type: "User", args: { password: "a-password", roles: ["reader"] }, names: ["reader"] },
    onDocs: {
        type: "Grant",
        args: { role: "reader", privileges: ["Search"], database, collection: "docs" },
        names: ["reader", database, "docs"],
    },
    onAlias: {
        type: "Grant",
        args: { role: "reader", privileges: ["Query"], collection: "front" },
        names: ["reader", "front"],
    },
    onLibrary: {
        type: "Grant",
        args: { role: "reader", privilegeGroups: ["ingest"], database },
        names: ["reader", "ingest", database],
    },
});

/** Everything on the server that these kinds leave. */
async function there(client: MilvusClient) {
    const databases = (await listDatabases(client))!;
    const roles = (await listRoles(client))!;
    const of = async <T>(names: string[], ask: (name: string) => Promise<T>) =>
        Object.fromEntries(
            await Promise.all(names.map(async (name) => [name, await ask(name)] as const)),
        ) as Record<string, T>;
    return {
        collections: await of(databases, (name) => listCollections(client, name)),
        front: await describeAlias(client, { database: undefined, alias: "front" }),
        roles: await of(roles, (role) =>
            of([...new Set([database, "default", "*"])], (at) => grantsOfRole(client, role, at)),
        ),
        alice: await userRoles(client, "alice"),
        groups: (await hasGroups(client)) && [...(await listPrivilegeGroups(client))!.keys()],
    };
}

/** Deploys the program to a server of its own. */
async function deployed(version: string, force: boolean) {
    const { fake, client } = await open(version, { pending: 0 });
    const before = await there(client);
    const said: string[] = [];
    const lifeOf = (type: string) => lives[type]!(contextOf(fake.address, said, new Session("destroy")));
    const isOld = !(await hasGroups(client));
    const outs = new Map<string, { type: string; props: Props; names: string[] }>();
    for (const [name, { type, args, names }] of Object.entries(program(force))) {
        // Groups of privileges came with 2.5.
        if (isOld && (name === "ingest" || name === "onLibrary")) continue;
        const hidden = { __owner: `shop/prod/${name}`, __logicalName: name };
        const { inputs, failures } = await lifeOf(type).check(undefined, { ...args, ...hidden });
        expect(failures).to.deep.equal([]);
        const { outs: props } = await lifeOf(type).create(inputs);
        outs.set(name, { type, props, names });
    }
    const remove = (name: string) => {
        const { type, props } = outs.get(name)!;
        return lifeOf(type).delete(props);
    };
    return { client, before, outs, remove };
}

/** Deletes in this order, round by round, as a `destroy` that is run again; returns the errors of each round. */
async function destroyed(
    order: string[],
    remove: (name: string) => Promise<void>,
    isParallel: boolean,
): Promise<string[][]> {
    const rounds: string[][] = [];
    let left = order;
    while (left.length > 0 && rounds.length < order.length) {
        const failures: string[] = [];
        const still: string[] = [];
        const one = (name: string) =>
            remove(name).catch((error: unknown) => {
                failures.push(`${name}: ${(error as Error).message}`);
                still.push(name);
            });
        if (isParallel) await Promise.all(left.map(one));
        else for (const name of left) await one(name);
        rounds.push(failures);
        left = still;
    }
    expect(left, rounds.map((round) => round.join("\n")).join("\n--\n")).to.deep.equal([]);
    return rounds;
}

/** What depends on others first; of several that can go, the one that comes first in the order. */
function dependentsFirst(order: string[], names: (name: string) => string[]): string[] {
    const rest = [...order];
    const sorted: string[] = [];
    while (rest.length > 0) {
        const next = rest.find((one) => !rest.some((other) => names(other).includes(one)))!;
        sorted.push(...rest.splice(rest.indexOf(next), 1));
    }
    return sorted;
}

const orders = fc.record({
    force: fc.boolean(),
    isParallel: fc.boolean(),
    order: fc.shuffledSubarray(Object.keys(program(false)), {
        minLength: Object.keys(program(false)).length,
    }),
});

describe("a destroy of objects of every kind", function () {
    this.timeout(5 * 60_000);

    for (const version of isFast ? ["2.6.18"] : ["2.4.10", "2.6.10", "2.6.18"]) {
        it(`needs one round where the program names them by outputs, on ${version}`, async () => {
            await fc.assert(
                fc.asyncProperty(orders, async ({ force, order }) => {
                    const { client, before, outs, remove } = await deployed(version, force);
                    const known = order.filter((name) => outs.has(name));
                    const sorted = dependentsFirst(known, (name) => outs.get(name)!.names);
                    expect(await destroyed(sorted, remove, false)).to.deep.equal([[]]);
                    expect(await there(client)).to.deep.equal(before);
                }),
                { numRuns: isFast ? 2 : 20 },
            );
        });

        it(`ends when it is run again where they are named as text, on ${version}`, async () => {
            await fc.assert(
                fc.asyncProperty(orders, async ({ force, isParallel, order }) => {
                    const { client, before, outs, remove } = await deployed(version, force);
                    const known = order.filter((name) => outs.has(name));
                    const rounds = await destroyed(known, remove, isParallel);
                    // Each says what holds it, and that it goes first.
                    for (const failure of rounds.flat())
                        expect(failure).to.match(/not dropped, .*\[MV(304|403|406|410|420)\]$/);
                    expect(await there(client)).to.deep.equal(before);
                }),
                { numRuns: isFast ? 3 : 60 },
            );
        });
    }
});
