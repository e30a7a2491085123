import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { observeCollection } from "../../provider/observe/collection";
import { capabilities } from "../../provider/observe/capabilities";
import { migrate } from "../../provider/migration/migrate";
import { CollectionInputs } from "../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../provider/inputs/normalize";
import { newLeaseHolder } from "../../provider/observe/lease";
import { failure } from "../fake/failure";
import { ref } from "../fake/open";
import { openFixture, Pair, type Rows } from "./catchup/pair";

const rows: Rows = new Map([1n, 2n, 3n].map((key) => [key, 1]));
const REFUSED = { code: 1100, reason: "no such row" };
const NO_MEMORY = { code: 65535, reason: "insufficient memory" };

/**
 * Runs a migration to `docs_new` that the server rejects at Flush, after `during`; returns whether the copy was
 * dropped.
 */
async function fail(
    during: (copy: Map<string, string>, alias: () => Promise<void>) => Promise<void> | void,
    refusal = REFUSED,
    regenerate = false,
) {
    const fixture = await openFixture();
    const { client, fake } = fixture;
    const pair = await Pair.open(fixture, "Int64");
    await pair.insert("source", rows);
    const { ref: from } = pair.endpoint("source");
    const { mapping } = pair;
    const spec = normalizeCollection(
        CollectionInputs.parse({
            fields: mapping.columns.map(({ to }) => ({
                name: to.name,
                dataType: to.dataType,
                dim: to.dim,
                maxLength: to.maxLength,
                isPrimaryKey: to.isPrimaryKey,
                nullable: to.nullable,
            })),
            migration: { writes: "paused" },
        }),
    );
    const progress = async () => {
        const copy = fake.collections().find(({ name }) => name === "docs_new")!;
        fake.failNext("Flush", refusal);
        await during(copy.properties, () =>
            createAlias(client, { database: undefined, alias: "live" }, "docs_new"),
        );
    };
    let happened = Promise.resolve();
    const lines: string[] = [];
    const error = await failure(
        migrate({
            source: {
                client,
                capabilities: await capabilities(client),
                observed: (await observeCollection(client, from))!,
                generation: "3fa9c1d",
            },
            target: { client, capabilities: await capabilities(client), ref: ref("docs_new"), spec },
            mapping: { ...mapping, key: { ...mapping.key, regenerate } },
            partitions: { kind: "together" },
            takesName: false,
            marker: { owner: "shop/prod/docs", generation: "ba4d643", from: "3fa9c1d", state: "building" },
            holder: newLeaseHolder("this run"),
            report: { say: (line) => void lines.push(line), progress: () => void (happened = progress()) },
        }),
    );
    await happened;
    return { error, isDropped: fake.calls.includes("DropCollection"), said: lines.join("\n") };
}

const other = JSON.stringify({ id: "other", machine: "ci-runner-7", pid: 4711, until: Date.now() + 60_000 });

describe("a failing migration", () => {
    it("drops its copy after a permanent error", async () => {
        const { error, isDropped } = await fail(() => undefined);
        expect(error.message).to.include("no such row");
        expect(isDropped).to.equal(true);
    });

    it("keeps its copy after a retryable error", async () => {
        const { error, isDropped, said } = await fail(() => undefined, NO_MEMORY);
        expect(error.message).to.include("insufficient memory");
        expect(isDropped).to.equal(false);
        expect(said).to.include("docs_new is kept; the next `pulumi up` resumes the copy");
    });

    it("says that a copy with new primary keys is made again", async () => {
        const { isDropped, said } = await fail(() => undefined, NO_MEMORY, true);
        expect(isDropped).to.equal(false);
        expect(said).to.include("docs_new is kept; the next `pulumi up` drops it and copies all rows again");
    });

    it("keeps a copy that another run has taken over", async () => {
        const { isDropped } = await fail((properties) => void properties.set("pulumi.lease", other));
        expect(isDropped).to.equal(false);
    });

    it("keeps a copy that an alias points at", async () => {
        const { isDropped } = await fail((_, alias) => alias());
        expect(isDropped).to.equal(false);
    });
});
