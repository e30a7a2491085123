import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { Rollback } from "../../../provider/inputs/schema/retention";
import type { RecoveryAction } from "../../../provider/plan/recovery/action";
import { planAliasMove } from "../../../provider/plan/recovery/alias";
import { planCopies, planOrphans } from "../../../provider/plan/recovery/copies";
import { planRefresh, planReplace, planUpdate } from "../../../provider/plan/recovery/located";
import { planRestored, planUnfinished } from "../../../provider/plan/recovery/previous";
import { planRemoval } from "../../../provider/plan/recovery/remove";
import { locateRecorded, named } from "../../../provider/plan/recovery/situation";
import { OWNER, type State } from "./server";
import {
    NEW,
    OLD,
    PLAN,
    RESTORED,
    statesOfMigration,
    statesOfRollback,
    statesOfWorker,
    type Way,
} from "./states";

const file = join(__dirname, "golden", "recovery.txt");

/** The recorded state of the resource: its old generation, or the one that the interrupted run recorded. */
const recordedOf = (state: State, way: Pick<Way, "cutover">, generation: string) => ({
    name: way.cutover === "rename" ? "docs" : nameOf(state, generation),
    generation,
    isMarked: true,
});
const nameOf = ({ found }: State, generation: string): string =>
    found.find(({ marker }) => marker?.generation === generation)?.ref.name ?? `docs_${generation}`;

/** The possible intents of the next run, and what recovery does for each. */
function intents(state: State, way: Pick<Way, "cutover">, next: string): [string, RecoveryAction[]][] {
    const generation = state.isRecorded ? next : OLD;
    const situation = { ...state, owner: OWNER, recorded: recordedOf(state, way, generation) };
    const source = locateRecorded(situation);
    const isInPlace = ({ ref, marker }: { ref: { name: string }; marker: { generation: string } }) =>
        ref.name === `docs_${marker.generation}`;
    /** As `resource/collection/replace` goes through it; what is decided ends it. */
    const migration = (plan: string, rollsBack: Rollback): RecoveryAction[] => {
        const before = [...planUnfinished(state, source), ...planReplace(situation)];
        if (before.some(isDecision) || !source) return before;
        const restored = planRestored(state, source, rollsBack);
        const actions = [...before, ...restored];
        if (restored.some(isDecision)) return actions;
        // What counts as retained again is no copy.
        const again = restored.flatMap((action) => (action.kind === "retain-again" ? [action.at.name] : []));
        const found = state.found.filter(({ ref }) => !again.includes(ref.name));
        return [...actions, ...planCopies({ found }, { owner: OWNER, generation, plan, isInPlace })];
    };
    const list: [string, RecoveryAction[]][] = [
        ["refresh", planRefresh(situation)],
        ["change in place", [...planUpdate(situation), ...planUnfinished(state, source)]],
        ["the same migration", migration(PLAN, { to: "docs_0000000" })],
        ["another migration", migration("another plan", undefined)],
    ];
    const located = state.found.find(({ marker }) => marker?.generation === OLD);
    const active = named(state, nameOf(state, next));
    if (state.isRecorded && located?.aliases.includes("live"))
        list.push(
            [
                "move the alias",
                planAliasMove({
                    alias: "live",
                    old: located,
                    target: active,
                    active: next,
                    isSameStack: true,
                }),
            ],
            [
                "move the alias with --target",
                planAliasMove({
                    alias: "live",
                    old: located,
                    target: active,
                    active: undefined,
                    isSameStack: true,
                }),
            ],
        );
    const drop = (what: string, known: { owner: string; generation: string } | undefined) => {
        if (!located) return;
        // The alias has moved, or is destroyed first.
        const old = { ...located, aliases: [] };
        const removal = { owner: OWNER, generation: OLD, old, active: known, elsewhere: undefined };
        const actions = planRemoval(state, {
            ...removal,
            name: "docs",
            hasCutover: false,
            isSuccessorAwaited: false,
            rows: 1000,
        });
        const isRefused = actions.some(({ kind }) => kind === "refuse" || kind === "retain");
        const orphans = isRefused
            ? []
            : planOrphans(state, {
                  owner: OWNER,
                  generation: OLD,
                  name: old.ref.name,
                  active: known?.generation,
              });
        list.push([what, [...actions, ...orphans]]);
    };
    if (state.isRecorded) drop("drop the old in `up`", { owner: OWNER, generation: next });
    drop("drop the old in `destroy`", undefined);
    return list;
}

const isDecision = ({ kind }: RecoveryAction) =>
    kind === "refuse" || kind === "adopt-swapped" || kind === "adopt-restored" || kind === "adopt-switched";

function text(action: RecoveryAction): string {
    switch (action.kind) {
        case "lift-fence":
            return `lift-fence ${action.at.name}`;
        case "restore-name":
            return `restore-name ${action.at.name} -> ${action.name}`;
        case "adopt-swapped":
            return `adopt-swapped ${action.serving.name} (${action.generation}), old is ${action.retired.name}`;
        case "adopt-switched":
            return `${action.kind} ${action.serving.name} (${action.generation})`;
        case "adopt-restored":
        case "retain-again":
            return `${action.kind} ${action.at.name} (${action.generation})`;
        case "finish-migration":
            return `finish-migration ${action.old.ref.name} -> ${action.successor.ref.name}, then ${action.outcome}`;
        case "resume-copy":
            return `resume-copy ${action.copy.ref.name}, ${action.copy.checkpoint!.rows} rows`;
        case "drop-copy":
            return `drop-copy ${action.copy.ref.name}`;
        case "drop-orphan":
        case "keep-orphan":
            return `${action.kind} ${action.copy.ref.name} of ${action.of}`;
        case "drop-abandoned-create":
            return `drop-abandoned-create ${action.at.name}`;
        case "resume-cutover":
        case "merge-late-writes":
            return `${action.kind} ${action.old.ref.name} -> ${action.successor.ref.name}`;
        case "retain":
            return `retain ${action.old.ref.name} behind ${action.successor.name}`;
        case "refuse": {
            const { kind, reason, ...rest } = action;
            return `${kind}: ${reason} ${JSON.stringify(rest)}`;
        }
    }
}

const ways: Way[] = (["alias", "rename"] as const).flatMap((cutover) =>
    ([false, true, "window"] as const).flatMap((retains) =>
        [false, true].map((fences) => ({ cutover, retains, fences })),
    ),
);

function table(): string {
    const lines: string[] = [];
    const add = (title: string, states: State[], way: Pick<Way, "cutover">, next: string) => {
        lines.push(`# ${title}`);
        for (const state of states) {
            lines.push("", `after "${state.name}"`);
            for (const [intent, actions] of intents(state, way, next))
                lines.push(`  ${intent}: ${actions.map(text).join("; ") || "nothing"}`);
        }
        lines.push("");
    };
    for (const way of ways) {
        const beside = way.retains === "window" ? " beside two others, one of which expires" : "";
        const kept = way.retains ? `, the old is retained${beside}` : "";
        const fenced = way.fences ? ", writes are blocked for the final pass" : "";
        add(`a migration by ${way.cutover}${kept}${fenced}`, statesOfMigration(way), way, NEW);
    }
    for (const cutover of ["alias", "rename"] as const)
        add(
            `a detached migration by ${cutover} that a worker switches`,
            statesOfWorker(cutover),
            { cutover },
            NEW,
        );
    for (const cutover of ["alias", "rename"] as const) {
        add(`a rollback by ${cutover}`, statesOfRollback(cutover), { cutover }, RESTORED);
        add(
            `a rollback by ${cutover} across two changes, the active is retained`,
            statesOfRollback(cutover, { across: true }),
            { cutover },
            RESTORED,
        );
    }
    return lines.join("\n");
}

describe("the recovery of an interrupted run", () => {
    it("matches the golden table for every state that a run can leave", () => {
        const now = table();
        if (process.env["GOLDEN"] === "write") writeFileSync(file, now);
        expect(now).to.equal(readFileSync(file, "utf8"));
    });
});
