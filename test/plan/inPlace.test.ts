import { expect } from "chai";
import fc from "fast-check";

import type { ObservedCollection } from "../../provider/observe/state";
import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";
import { destructive } from "../../provider/plan/strategy/update";
import type { Collection } from "../../provider/inputs/schema/collection";
import { isVector } from "../../provider/inputs/schema/dataType";
import { anyCollection, anyServer } from "./arbitrary";
import { after as afterStep } from "./model";
import { servers } from "./servers";
import { by, sorted } from "./sorted";
import { currentTier } from "../support/tier";

/** What steps in place change, in a form that is equal for a server and a program once all steps are done. */
function standing(server: ObservedCollection): unknown {
    const { enableDynamicField, consistencyLevel, description, loadState } = server;
    const hints = {
        isFunctionOutput: undefined,
        previousName: undefined,
        backfill: undefined,
        from: undefined,
    };
    const comparable = {
        fields: server.fields.map((f) => ({ ...f, ...hints })).toSorted(by((f) => f.name)),
        functions: server.functions.map((f) => ({ ...f, description: "" })).toSorted(by((f) => f.name)),
        indexes: server.indexes
            .map(({ field, name, indexType, params }) => ({ field, name, indexType, params }))
            .toSorted(by((i) => `${i.field}/${i.name}`)),
        partitions: server.partitions.toSorted(),
        properties: Object.entries(server.properties).toSorted(by(([key]) => key)),
        ...{ enableDynamicField, consistencyLevel, description, loadState },
    };
    return sorted(JSON.parse(JSON.stringify(comparable)));
}

/** An edit of kinds that some servers change in place. */
const anyMildEdit = fc
    .tuple(anyCollection, anyCollection, fc.subarray(["a", "b", "c", "d", "e", "sparse"]), fc.nat(8))
    .map(([before, other, touched, room]) => {
        const names = new Set(before.fields.map(({ name }) => name));
        const kept = before.fields.filter(({ name }) => !touched.includes(name));
        const added = other.fields.filter(({ name }) => !names.has(name) && name.length === 1);
        const fields = [
            ...kept.map((f) => ({
                ...f,
                ...(f.dataType === "VarChar" && { maxLength: f.maxLength! + room }),
            })),
            ...added.map((f) => ({ ...f, nullable: true, isPartitionKey: false, previousName: undefined })),
        ];
        const there = new Set(fields.map(({ name }) => name));
        const { description, consistencyLevel, properties, partitions, load, enableDynamicField } = other;
        const after: Collection = {
            ...before,
            ...{ description, consistencyLevel, properties, partitions, load },
            enableDynamicField: before.enableDynamicField || enableDynamicField,
            fields,
            functions: before.functions.filter((f) => f.outputFieldNames.every((name) => there.has(name))),
            indexes: [
                ...before.indexes.map((index) => (room < 3 ? { ...index, params: { M: 8 + room } } : index)),
                ...other.indexes.filter(({ field }) => !names.has(field)),
            ].filter(({ field }) => there.has(field)),
        };
        return { before, after };
    });

const anyRealServer = fc.constantFrom(...Object.values(servers));

/** The every-day suite has a part of the programs, which are others in each run. */
const numRuns = currentTier() === "fast" ? 30 : 200;

describe("a change in place", () => {
    const anyUpdate = fc
        .tuple(anyMildEdit, fc.oneof(anyRealServer, anyServer))
        .map(([{ before, after }, capabilities]) => {
            const source = recorded(before);
            const input = { deployed: before, target: after, capabilities, unknowns: false, rows: 7 };
            return { before, after, source, input, plan: planCollection({ ...input, source }) };
        })
        .filter(({ plan }) => plan.verdict === "update");

    it("results in what the program declares", () => {
        fc.assert(
            fc.property(anyUpdate, ({ after, source, plan, input }) => {
                const done = plan.updates.reduce(afterStep, source);
                // A description that the server cannot change is kept only in the state.
                const description = input.capabilities.alterDescription
                    ? after.description
                    : source.description;
                const fields = described(after.fields, source, input.capabilities.alterFieldDescription);
                expect(standing(done)).to.deep.equal(standing(recorded({ ...after, description, fields })));
            }),
            { numRuns },
        );
    });

    it("makes destructive steps last and leaves a valid collection after each step", () => {
        fc.assert(
            fc.property(anyUpdate, ({ source, plan }) => {
                const destroyed = plan.updates.map(destructive);
                expect(destroyed).to.deep.equal(destroyed.toSorted());
                let server = source;
                for (const update of plan.updates) {
                    server = afterStep(server, update);
                    expect(server.fields.some(({ isPrimaryKey }) => isPrimaryKey)).to.equal(true);
                    expect(server.fields.some(({ dataType }) => isVector(dataType))).to.equal(true);
                    const names = new Set(server.fields.map(({ name }) => name));
                    for (const { inputFieldNames, outputFieldNames } of server.functions)
                        for (const name of [...inputFieldNames, ...outputFieldNames])
                            expect(names.has(name), name).to.equal(true);
                    // Nothing is destroyed while the collection is released.
                    if (destructive(update))
                        expect(server.loadState).to.equal(loadedAfter(plan.updates, source));
                }
            }),
            { numRuns },
        );
    });

    it("resumes after a failure at any step with the same result", () => {
        fc.assert(
            fc.property(anyUpdate, fc.nat(), ({ before, source, plan, input }, stop) => {
                const done = plan.updates.slice(0, stop % (plan.updates.length + 1));
                const halfway = done.reduce(afterStep, source);
                // The next plan starts from the server (resource/context/interruptedUpdate.ts): one that the run has
                // released is declared as not loaded.
                const isReleased = source.loadState !== "not-loaded" && halfway.loadState === "not-loaded";
                const deployed = isReleased ? { ...before, load: undefined } : before;
                const again = planCollection({ ...input, deployed, source: halfway });
                expect(again.verdict).to.equal("update");
                const server = again.updates.reduce(afterStep, halfway);
                expect(standing(server)).to.deep.equal(standing(plan.updates.reduce(afterStep, source)));
            }),
            { numRuns },
        );
    });

    it("leaves nothing to do for the next plan", () => {
        fc.assert(
            fc.property(anyUpdate, ({ after, source, plan, input }) => {
                const server = plan.updates.reduce(afterStep, source);
                const next = planCollection({ ...input, deployed: after, source: server });
                expect(next).to.deep.include({ verdict: "none", changes: [], updates: [] });
            }),
        );
    });
});

function loadedAfter(updates: readonly { kind: string }[], source: ObservedCollection): string {
    const last = updates.findLast(({ kind }) => kind === "load" || kind === "release");
    return last === undefined ? source.loadState : last.kind === "load" ? "loaded" : "not-loaded";
}

/** The fields with the server's descriptions where it cannot change them; those of Structs never change. */
function described(
    fields: Collection["fields"],
    source: ObservedCollection,
    able: boolean,
): Collection["fields"] {
    const there = new Map(source.fields.map((field) => [field.name, field]));
    return fields.map((field) => {
        const now = there.get(field.name);
        if (now === undefined || (able && field.elementType !== "Struct")) return field;
        return { ...field, description: now.description, fields: now.fields };
    });
}
