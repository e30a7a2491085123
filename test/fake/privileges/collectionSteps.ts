import { expect } from "chai";

import { newGeneration } from "../../../provider/resource/context/identity";
import type { Props } from "../../../provider/resource/session/props";
import { smallest } from "../open";
import { collectionOf, hidden, type Step } from "./step";

const size = { name: "size", dataType: "Int64", backfill: 1 } as const;
const nullable = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true } as const;

const docs = (args: object): Props => ({
    migration: { grace: 0 },
    ...args,
    ...hidden("docs"),
    __generation: newGeneration(),
});
const first = { fields: smallest, partitions: ["y1"] };
const flat = [{ field: "vector", indexType: "FLAT", metricType: "L2" }];
const changed = { ...first, indexes: flat, partitions: ["y1", "y2"], fields: [...smallest, nullable] };
const migrated = { ...changed, fields: [...smallest, nullable, size] };
const alias = (collection: unknown): Props => ({ name: "live", collection, ...hidden("live") });

/** A life of a collection behind an alias. */
export const collections: Step[] = [
    {
        activity: "create",
        what: "creates a collection",
        run: async (life, state) => {
            state.docs = (await life("Collection").create(docs(first))).outs;
        },
    },
    {
        activity: "Alias",
        what: "creates an alias",
        run: async (life, state) => {
            state.alias = (await life("Alias").create(alias(collectionOf(state.docs)))).outs;
        },
    },
    {
        activity: "look",
        what: "refreshes both",
        run: async (life, state) => {
            const { docs: was, alias: pointed } = state as { docs: Props; alias: Props };
            expect(await life("Collection").read(collectionOf(was), was)).to.not.equal(undefined);
            expect(await life("Alias").read("live", pointed)).to.not.equal(undefined);
        },
    },
    {
        activity: "change",
        what: "previews a change in place",
        run: async (life, state) => {
            expect((await life("Collection").diff(state.docs!, docs(changed))).replaces).to.deep.equal([]);
        },
    },
    {
        activity: "change",
        what: "changes it in place",
        run: async (life, state) => {
            state.docs = await life("Collection").update(state.docs!, docs(changed));
        },
    },
    {
        activity: "migrate",
        what: "previews a migration",
        run: async (life, state) => {
            expect((await life("Collection").diff(state.docs!, docs(migrated))).replaces).to.not.deep.equal(
                [],
            );
        },
    },
    {
        activity: "follow",
        what: "migrates it, moves the alias and drops the old one",
        run: async (life, state) => {
            const [collection, pointer] = [life("Collection"), life("Alias")];
            const old = state.docs!;
            // What a run has done before it failed is in the state.
            const next = state.next ?? docs(migrated);
            await collection.diff(state.created ?? old, next);
            const now = state.created ?? (await collection.create(next)).outs;
            Object.assign(state, { next, created: now });
            const target = alias(collectionOf(now));
            if (state.alias!.collection !== target.collection) {
                await pointer.diff(state.alias!, target);
                state.alias = await pointer.update(state.alias!, target);
            }
            await collection.delete(old);
            state.docs = now;
        },
    },
    {
        activity: "Alias",
        what: "drops the alias",
        run: (life, state) => life("Alias").delete(state.alias!),
    },
    {
        activity: "drop",
        what: "drops the collection",
        run: (life, state) => life("Collection").delete(state.docs!),
    },
];

/** A migration by two renames, then another name. */
export const byName: Step[] = [
    {
        activity: "create",
        what: "creates a collection with a name",
        run: async (life, state) => {
            state.docs = (await life("Collection").create(docs({ name: "docs", fields: smallest }))).outs;
        },
    },
    {
        activity: "rename",
        what: "migrates it by name, and drops the old one",
        run: async (life, state) => {
            const collection = life("Collection");
            const old = state.docs!;
            const next = state.next ?? docs({ name: "docs", fields: [...smallest, size] });
            await collection.diff(state.created ?? old, next);
            const now = state.created ?? (await collection.create(next)).outs;
            Object.assign(state, { next, created: now });
            await collection.delete(old);
            state.docs = now;
        },
    },
    {
        activity: "rename",
        what: "gives it another name",
        run: async (life, state) => {
            const next = docs({ name: "pages", fields: [...smallest, size] });
            await life("Collection").diff(state.docs!, next);
            state.docs = await life("Collection").update(state.docs!, next);
        },
    },
];

/** A new field that is filled in place. */
export const filled: Step[] = [
    collections[0]!,
    {
        activity: "fill",
        what: "fills a new field in place",
        run: async (life, state) => {
            const next = {
                ...docs({ ...first, fields: [...smallest, { ...nullable, backfill: "en" }] }),
                migration: { backfill: "in-place", writes: "paused" },
            };
            expect((await life("Collection").diff(state.docs!, next)).replaces).to.deep.equal([]);
            state.docs = await life("Collection").update(state.docs!, next);
        },
    },
];
