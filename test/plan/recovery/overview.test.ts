import { expect } from "chai";

import type { Generation, Inspected } from "../../../provider/observe/generation";
import { overviewOf, planAbort } from "../../../provider/plan/recovery/overview";
import type { State } from "./server";
import { NEW, OLD, statesOfMigration, statesOfRollback, type Way } from "./states";

const inspected = (one: Generation): Inspected => ({
    ...one,
    marker: one.marker!,
    worker: undefined,
    isPaused: false,
    progress: one.checkpoint && {
        rows: one.checkpoint.rows,
        isDone: one.checkpoint.rows === 1000,
        rowsPerSecond: undefined,
        savedAt: undefined,
    },
    cutover: undefined,
});

const overview = ({ found }: State) => overviewOf(found.map(inspected));

/** What each state of an interrupted run is, and how it is ended: `phase: actions`. */
function linesOf(states: readonly State[], mayBeRecorded: (state: State) => boolean): string[] {
    return states.map((state) => {
        const [migration] = overview(state).migrations;
        if (!migration) return `${state.name}: none`;
        const plan = planAbort(migration, state.names, { force: false, mayBeRecorded: mayBeRecorded(state) });
        const actions =
            typeof plan === "string"
                ? plan
                : plan.map((action) =>
                      action.kind === "drop-copy"
                          ? `drop ${action.copy.ref.name}`
                          : `${action.kind} ${action.at.name}${action.kind === "restore-name" ? ` to ${action.name}` : ""}`,
                  );
        return `${state.name}: ${migration.phase}: ${typeof actions === "string" ? actions : actions.join(", ")}`;
    });
}

const way = (cutover: Way["cutover"]): Way => ({ cutover, retains: false, fences: true });

describe("the end of a migration by an operator", () => {
    it("is planned in each state of one that switches an alias", () => {
        expect(linesOf(statesOfMigration(way("alias")), ({ isRecorded }) => isRecorded)).to.deep.equal([
            "nothing: none",
            `create the copy: copying: drop docs_${NEW}`,
            `copy some rows: copying: drop docs_${NEW}`,
            `copy all rows: verifying: drop docs_${NEW}`,
            `mark the copy live: switching: drop docs_${NEW}`,
            `name the successor: switching: drop docs_${NEW}, forget-successor docs_${OLD}`,
            "record the new generation: switching: recorded",
            "block writes: switching: recorded",
            "move the alias: finishing: switched",
            "drop the old: none",
        ]);
    });

    it("is planned in each state of one that takes over a name", () => {
        expect(linesOf(statesOfMigration(way("rename")), () => true)).to.deep.equal([
            "nothing: none",
            `create the copy: copying: drop docs_${NEW}`,
            `copy some rows: copying: drop docs_${NEW}`,
            `copy all rows: verifying: drop docs_${NEW}`,
            `name the successor: verifying: drop docs_${NEW}, forget-successor docs`,
            `block writes: verifying: lift-fence docs, drop docs_${NEW}, forget-successor docs`,
            `mark the copy live: switching: lift-fence docs, drop docs_${NEW}, forget-successor docs`,
            `rename the old: switching: lift-fence docs_${OLD}, restore-name docs_${OLD} to docs, drop docs_${NEW}, forget-successor docs`,
            "rename the copy: finishing: switched",
            "move the aliases of the name: finishing: switched",
            "record the new generation: finishing: switched",
            "drop the old: none",
        ]);
    });

    it("drops no collection that a rollback has restored, and none that an alias points at", () => {
        const states = [
            ...statesOfRollback("alias"),
            ...statesOfRollback("rename"),
            ...statesOfRollback("rename", { across: true }),
            ...(["alias", "rename"] as const).flatMap((cutover) => statesOfMigration(way(cutover))),
        ];
        for (const state of states)
            for (const migration of overview(state).migrations) {
                const plan = planAbort(migration, state.names, { force: true, mayBeRecorded: false });
                const dropped = (typeof plan === "string" ? [] : plan).flatMap((action) =>
                    action.kind === "drop-copy" ? [action.copy] : [],
                );
                for (const { aliases, marker } of dropped) {
                    expect(aliases, state.name).to.deep.equal([]);
                    expect(marker.generation, state.name).to.equal(NEW);
                }
            }
    });

    it("is refused while a run holds the lease, unless it is asked for", () => {
        const state = statesOfMigration(way("alias")).find(({ name }) => name === "copy some rows")!;
        const [{ copy, ...rest }] = overview(state).migrations as [never] as [
            ReturnType<typeof overview>["migrations"][number],
        ];
        const held = { ...rest, copy: { ...copy, lease: "held" as const } };
        const plan = (force: boolean) => planAbort(held, state.names, { force, mayBeRecorded: true });
        expect(plan(false)).to.equal("held");
        expect(plan(true)).to.deep.equal([{ kind: "drop-copy", copy: held.copy }]);
    });
});

describe("the overview of a database", () => {
    it("has each collection once", () => {
        const states = [
            ...statesOfRollback("alias"),
            ...statesOfRollback("rename"),
            ...statesOfRollback("rename", { across: true }),
            ...statesOfMigration(way("alias")),
            ...statesOfMigration(way("rename")),
        ];
        for (const state of states) {
            const seen = overview(state);
            const all = [
                ...seen.migrations.flatMap(({ source, copy }) => [source, copy]),
                ...seen.orphans,
                ...seen.creations,
                ...seen.retained.map(({ at }) => at),
                ...seen.serving,
            ].map(({ ref }) => ref.name);
            expect(all, state.name).to.have.members(state.found.map(({ ref }) => ref.name));
        }
    });

    it("tells a copy whose source is gone from one that can be resumed", () => {
        const state = statesOfMigration(way("alias")).find(({ name }) => name === "copy some rows")!;
        const copy = state.found.find(({ marker }) => marker?.generation === NEW)!;
        expect(overviewOf([inspected(copy)])).to.deep.include({ migrations: [], orphans: [inspected(copy)] });
    });
});
