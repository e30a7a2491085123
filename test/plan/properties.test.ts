import { expect } from "chai";
import fc from "fast-check";

import type { Collection } from "../../provider/inputs/schema/collection";
import { unknownValue } from "../../provider/inputs/argumentScan";
import { recorded } from "../../provider/plan/offline";
import { diffCollection } from "../../provider/plan/diff/diff";
import { mapRows } from "../../provider/plan/mapping/mapRows";
import { planCollection } from "../../provider/plan/plan";
import { renderPlan } from "../../provider/plan/render/text";
import { anyCollection, anyServer } from "./arbitrary";
import { by, sorted } from "./sorted";
import { runs } from "../support/tier";

/** The meaning of a program: as JSON, with everything whose order does not matter sorted. */
function meaning(spec: Collection): unknown {
    return JSON.parse(
        JSON.stringify({
            ...spec,
            fields: spec.fields.toSorted(by((f) => f.name)),
            indexes: spec.indexes.toSorted(by((i) => `${i.field}/${i.name}`)),
            functions: spec.functions.toSorted(by((f) => f.name)),
            partitions: spec.partitions.toSorted(),
        }),
    );
}

/** A program and an edit of it: the same except for some arguments, in another order. */
const anyEdit = fc
    .tuple(anyCollection, anyCollection, fc.subarray(Object.keys(argumentNames())))
    .map(([before, other, edited]) => {
        const taken = Object.entries(other).filter(([key]) => edited.includes(key));
        return { before, after: { ...before, ...Object.fromEntries(taken) } };
    });

function argumentNames(): Record<keyof Collection, true> {
    return {
        name: true,
        database: true,
        description: true,
        fields: true,
        functions: true,
        indexes: true,
        partitions: true,
        numPartitions: true,
        enableDynamicField: true,
        shardsNum: true,
        consistencyLevel: true,
        properties: true,
        load: true,
        deletionProtection: true,
        adopt: true,
        migration: true,
        connection: true,
    };
}

function shuffled(spec: Collection): fc.Arbitrary<Collection> {
    const shuffle = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
    return fc
        .tuple(shuffle(spec.fields), shuffle(spec.indexes), shuffle(spec.partitions), shuffle(spec.functions))
        .map(([fields, indexes, partitions, functions]) => ({
            ...spec,
            fields,
            indexes,
            partitions,
            functions,
        }));
}

describe("two arbitrary programs", () => {
    it("have no changes if they are equal, also after a state file and in another order", () => {
        fc.assert(
            fc.property(
                anyCollection.chain((spec) => fc.tuple(fc.constant(spec), shuffled(spec))),
                ([spec, other]) => {
                    expect(diffCollection(spec, spec)).to.deep.equal([]);
                    expect(diffCollection(meaning(spec) as Collection, other)).to.deep.equal([]);
                },
            ),
        );
    });

    it("have changes if, and only if, their meaning differs", () => {
        fc.assert(
            fc.property(anyEdit, ({ before, after }) => {
                const identical =
                    JSON.stringify(sorted(meaning(before))) === JSON.stringify(sorted(meaning(after)));
                expect(diffCollection(before, after).length === 0).to.equal(identical);
            }),
            { numRuns: runs(500) },
        );
    });

    it("have the same changes in any order", () => {
        fc.assert(
            fc.property(
                anyEdit.chain(({ before, after }) =>
                    fc.tuple(fc.constant(before), fc.constant(after), shuffled(before), shuffled(after)),
                ),
                ([before, after, before2, after2]) => {
                    const changes = (a: Collection, b: Collection) =>
                        diffCollection(a, b)
                            .map((change) => JSON.stringify(sorted(change)))
                            .sort();
                    expect(changes(before2, after2)).to.deep.equal(changes(before, after));
                },
            ),
        );
    });

    it("have a mapping that fills each target column once and uses or drops each source column", () => {
        fc.assert(
            fc.property(
                anyCollection,
                anyCollection,
                anyServer,
                fc.boolean(),
                (a, b, capabilities, known) => {
                    const source = recorded(a);
                    const { mapping } = mapRows({
                        source,
                        target: b,
                        capabilities,
                        ...(known && { deployed: a }),
                    });
                    expect(mapping.columns.map(({ to }) => to.name)).to.deep.equal(
                        b.fields.map((f) => f.name),
                    );
                    const carried = mapping.columns.flatMap(({ source: s }) =>
                        s.kind === "carry" || s.kind === "convert" ? [s.from.name] : [],
                    );
                    const movedToDynamicField = (mapping.movedToDynamicField ?? []).map(({ name }) => name);
                    expect([...carried, ...movedToDynamicField, ...mapping.dropped].sort()).to.deep.equal(
                        source.fields.map((f) => f.name).sort(),
                    );
                },
            ),
            { numRuns: runs(300) },
        );
    });

    it("always have a plan, and a blocked plan has no steps", () => {
        fc.assert(
            fc.property(
                anyEdit,
                fc.option(anyServer, { nil: undefined }),
                fc.constantFrom(undefined, 0, 7),
                fc.constantFrom(undefined, "fields", "indexes", "properties"),
                ({ before, after }, capabilities, rows, open) => {
                    const target = open === undefined ? after : { ...after, [open]: unknownValue };
                    const source = capabilities && recorded(before);
                    const plan = planCollection({
                        deployed: before,
                        target,
                        source,
                        rows,
                        capabilities,
                        unknowns: open !== undefined,
                    });
                    expect(plan.migration !== undefined).to.equal(plan.verdict === "migrate");
                    if (plan.verdict !== "update") expect(plan.updates).to.deep.equal([]);
                    const errors = plan.findings.filter(({ severity }) => severity === "error");
                    expect(errors.length > 0).to.equal(plan.verdict === "blocked");
                    expect(renderPlan(plan, { name: "docs" }).length === 0).to.equal(plan.verdict === "none");
                    if (open !== undefined) expect(plan.verdict).to.be.oneOf(["update", "migrate"]);
                },
            ),
            { numRuns: runs(500) },
        );
    });
});
