import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { insertRows, int64Keys } from "../../support/data/rows";
import { type FakeSite, openFakeSite } from "../../support/data/fakeSite";
import { expectOk, type SiteOptions } from "../../support/data/site";
import type { Result } from "../../../scripts/engine/stack";

export const id = { name: "id", dataType: "Int64" as const, isPrimaryKey: true };
export const vector = { name: "vector", dataType: "FloatVector" as const, dim: 2 };
export const text = { name: "text", dataType: "VarChar" as const, maxLength: 64 };
/** A change for which every row is copied. */
export const renamed = { ...text, name: "body", previousName: "text" };

export interface NativeSite extends FakeSite {
    /** Writes the next version of the program: what stands behind its imports. */
    write: (text: string) => Promise<void>;
    /** Writes it and runs `up`, which must succeed. */
    up(text: string): Promise<Result>;
    /** Fills a collection with rows. */
    fill(collection: string, rows: number): Promise<void>;
}

/** A program of the native SDK, written as text, on a fake Milvus. */
export async function openNative(options: SiteOptions = {}): Promise<NativeSite> {
    const open = await openFakeSite("2.6.18", { adapter: "native", ...options });
    const { site } = open;
    const write = (text: string) =>
        writeFile(
            join(site.dir, "index.js"),
            `const pulumi = require("@pulumi/pulumi");\nconst milvus = require("pulumi-milvus");\nconst prefix = "${site.prefix}";\n${text}`,
        );
    return {
        ...open,
        write,
        up: async (text) => {
            await write(text);
            return expectOk(await site.stack.up());
        },
        fill: async (collection, rows) => {
            const fields = [id, vector, text];
            await insertRows({ ...site, collection, fields, keys: int64Keys(rows) });
        },
    };
}

/** The arguments of a collection as source text. */
export const args = (more: object = {}, fields: object[] = [id, vector, text]): string =>
    JSON.stringify({ fields, migration: { grace: 0 }, ...more });

export const none = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
