import { rowsText } from "../../inputs/report/figures";
import { dropAlias, dropCollection, revokeInDatabase } from "../../milvus/access/drop";
import type { Database } from "../../inputs/schema/database";
import { RunError } from "../../migration/errors";
import { listAliases } from "../../milvus/collection/aliases";
import { listCollections } from "../../milvus/collection/collections";
import { dropDatabase, listDatabases } from "../../milvus/cluster/databases";
import type { MilvusClient } from "../../milvus/transport/client";
import { observeCollection } from "../../observe/collection";
import { isProtected } from "../../observe/protection";
import { observeRows } from "../../observe/rows";
import { wayOut } from "../generations/retain";
import type { ObjectWork } from "../object";

/** Drops an empty database; with its collections where the program says so. Errors: `MV403`; `MV305` for rows that are protected. */
export async function remove({ at, spec, name: logical, context }: ObjectWork<Database>): Promise<void> {
    const { client } = at;
    const { name, forceDestroy } = spec;
    if (!(await listDatabases(client))?.includes(name)) return;
    if (name === "default") {
        context.print(`${logical}: the database default stays: no server can drop it`);
        return;
    }
    const held = await holdings(client, name);
    if (held.length > 0 && !forceDestroy)
        throw new RunError(
            "MV403",
            `database ${name}: not dropped, it holds ${held.map(textOf).join(", ")}. ` +
                "Drop them first, or set forceDestroy: true, run `pulumi up`, and then drop the database with its collections",
        );
    const kept = held.filter((one) => one.rows > 0 && one.isProtected);
    if (kept.length > 0)
        throw new RunError(
            "MV305",
            `database ${name}: not dropped, it holds ${kept.map(textOf).join(", ")}, and deletionProtection is set. ${wayOut}`,
        );
    for (const one of held) {
        context.print(`${logical}: dropping ${textOf(one)} of the database ${name}, as forceDestroy says`);
        const ref = { database: name, name: one.collection };
        for (const alias of await listAliases(client, ref))
            await dropAlias(client, { database: name, alias }, context.print);
        await dropCollection(client, ref, context.print);
    }
    // Whoever makes a database of that name would inherit them.
    await revokeInDatabase(client, name, context.print);
    await dropDatabase(client, name);
}

interface Held {
    collection: string;
    rows: number;
    /** By the program that deployed it, of this stack or of another. */
    isProtected: boolean;
}

async function holdings(client: MilvusClient, database: string): Promise<Held[]> {
    const held: Held[] = [];
    for (const collection of await listCollections(client, database)) {
        const ref = { database, name: collection };
        const observed = await observeCollection(client, ref);
        held.push({
            collection,
            rows: observed ? await observeRows(client, observed) : 0,
            isProtected: observed !== undefined && (await isProtected(client, ref)),
        });
    }
    return held;
}

const textOf = ({ collection, rows }: Held): string => `the collection ${collection} with ${rowsText(rows)}`;
