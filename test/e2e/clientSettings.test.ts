import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import type { CollectionArgs } from "../../sdk/args";
import { onStacks } from "../support/data/onStacks";
import { environment } from "../support/servers/python";

const script = join(__dirname, "../support/random/clientSettings.py");
const seed = Number(process.env["PULUMI_MILVUS_SETTINGS_SEED"] ?? 1);
const count = Number(process.env["PULUMI_MILVUS_SETTINGS_COUNT"] ?? 6);
const added = "note";

interface Described {
    fields: { name: string; is_partition_key?: boolean }[];
    enable_dynamic_field: boolean;
}

/** The program mentions the schema and nothing else: settings are what clients have made of them. */
const declared = (name: string, { fields, enable_dynamic_field }: Described, more: object[]) =>
    ({
        name,
        adopt: true,
        enableDynamicField: enable_dynamic_field,
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim: 4 },
            { name: "text", dataType: "VarChar", maxLength: 64 },
            {
                name: "tenant",
                dataType: "Int64",
                isPartitionKey: fields.some((field) => field.name === "tenant" && field.is_partition_key),
            },
            ...more,
        ],
    }) as CollectionArgs;

onStacks(
    "random settings that clients of pymilvus have made",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [], once: true },
    (open, serverName) => {
        it("are no difference to a program that does not mention them, and survive a migration", async function () {
            this.timeout(15 * 60_000);
            const site = await open();
            const { address } = site.server;
            const python = join(await environment("milvus-lite-3.2.2"), "bin/python");
            const ask = async (verb: string, ...args: string[]) => {
                const { stdout } = await promisify(execFile)(python, [
                    script,
                    verb,
                    address,
                    site.prefix,
                    ...args,
                ]);
                return JSON.parse(stdout) as Record<string, Described>;
            };
            const before = await ask("make", String(seed), String(count), serverName);
            expect(Object.keys(before)).to.have.length(count);
            const program = (...more: object[]) => ({
                collections: Object.fromEntries(
                    Object.entries(before).map(([name, one]) => [name, declared(name, one, more)]),
                ),
            });
            const adopted = await site.deploy(program());
            expect(await ask("describe"), adopted.output).to.deep.equal(before);
            const again = await site.deploy(program());
            expect(again.ops, again.output).to.include({ create: 0, update: 0, replace: 0, delete: 0 });

            const migrated = await site.deploy(
                program({ name: added, dataType: "VarChar", maxLength: 32, backfill: "-" }),
            );
            expect(migrated.ops, migrated.output).to.include({ replace: count });
            const after = await ask("describe");
            for (const one of Object.values(after)) {
                expect(one.fields.map(({ name }) => name)).to.include(added);
                one.fields = one.fields.filter(({ name }) => name !== added);
            }
            expect(after, migrated.output).to.deep.equal(before);
        });
    },
);
