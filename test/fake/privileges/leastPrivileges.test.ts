import { expect } from "chai";

import { rows } from "../../docs/securityPage";
import { currentTier } from "../../support/tier";
import { create, insert, serve, smallest } from "../open";
import { byName, collections, filled } from "./collectionSteps";
import { objectSteps } from "./objectSteps";
import { Stage } from "./stage";
import { collectionOf, type Step } from "./step";

/** What the page says of a privilege: the codes, of which the first is the usual one. */
const codesOf = (key: string) => rowOf(key)?.without.match(/MV\d{3}/g) ?? [];

const rowOf = (key: string) => rows.find(({ privilege, object }) => `${privilege} on ${object}` === key);

/** Each step without each privilege that it asks for, then with all of them. */
async function expectNamed(version: string, steps: readonly Step[], stage: Stage): Promise<void> {
    const recorded = await Stage.open(version);
    const asks: Set<string>[] = [];
    try {
        await prepare(recorded);
        for (const step of steps) {
            const failed = await recorded.run(step);
            expect(failed, `${step.what} with the privileges of ${step.activity}`).to.equal(undefined);
            expect(recorded.said.join("\n")).to.not.match(/MV204|MV45\d/);
            asks.push(new Set(recorded.asked));
            await between(recorded, step);
        }
    } finally {
        recorded.close();
    }
    for (const [place, step] of steps.entries()) {
        let isDone = false;
        const ordered = [...asks[place]!].sort((a, b) => Number(isWarned(a)) - Number(isWarned(b)));
        for (const key of ordered) {
            if (isDone) break;
            const failed = await stage.run(step, key);
            const told = `${step.what} without ${key}: ${failed?.message ?? "passed"}`;
            if (failed) {
                expect(failed.message, told).to.include(`deployer lacks the privilege ${key} `);
                expect(failed.message, told).to.match(/grant_privilege\w*\(role, .*\[MV204\]$/);
                expect(codesOf(key), told).to.include("MV204");
            } else {
                isDone = true;
                // What is not dropped keeps what hangs on it.
                const isKept = step.activity !== "migrate" && codesOf(key)[0] === "MV451";
                const isSpared = rowOf(key)?.without.includes(`\`${step.activity}\` does without`);
                if (stage.asked.has(key) && !isKept && !isSpared) expectWarned(key, stage.said, told);
            }
            expectRows(stage, told);
        }
        const failed = isDone ? undefined : await stage.run(step);
        expect(failed, `${step.what} once everything is granted`).to.equal(undefined);
        await between(stage, step);
    }
}

const isWarned = (key: string) => codesOf(key).some((code) => code !== "MV204");

function expectWarned(key: string, said: readonly string[], told: string): void {
    const isPreviewed = rowOf(key)?.without.includes("the preview says so");
    const codes = codesOf(key).filter((code) => isPreviewed || code !== "MV204");
    expect(codes, told).to.not.deep.equal([]);
    const lines = said.join("\n");
    expect(lines, told).to.include(`deployer lacks the privilege ${key} `);
    expect(
        codes.some((code) => lines.includes(`[${code}]`)),
        told,
    ).to.equal(true);
}

/** Whoever has rows keeps them, under whatever name. */
function expectRows({ fake, state }: Stage, told: string): void {
    if (!state.rows) return;
    const most = Math.max(...fake.collections().map(({ rows: all }) => all.length));
    expect(most, told).to.be.at.least(3);
}

/** What other users have on the server before. */
async function prepare({ root }: Stage): Promise<void> {
    await root.call("CreateRole", { entity: { name: "reader" } });
    await root.call("CreateRole", { entity: { name: "writer" } });
    await create(root, "there");
    await serve(root, "there");
}

/** Rows come once there is a collection, and go with it. */
async function between({ root, state }: Stage, { what }: Step): Promise<void> {
    if (!what.startsWith("creates a collection")) {
        if (what.startsWith("drops the alias")) delete state.rows;
        return;
    }
    const name = collectionOf(state.docs);
    await insert(root, name, { fields: smallest }, { id: ["1", "2", "3"] });
    state.rows = {};
}

describe("a run without a privilege (fake)", function () {
    // A run that may not release its lease keeps the next one waiting.
    this.timeout(10 * 60_000);
    let stage: Stage | undefined;
    before(function () {
        if (currentTier() === "fast") this.skip();
    });
    afterEach(() => stage?.close());
    const suites: [string, string, readonly Step[]][] = [
        ["3.0.0", "a collection behind an alias", collections],
        ["2.6.11", "a collection behind an alias", collections],
        ["2.6.11", "a collection with a name", byName],
        ["2.6.18", "a field that is filled in place", filled],
        ["2.6.18", "other objects", objectSteps],
        ["2.5.16", "other objects", objectSteps],
    ];
    for (const [version, what, steps] of suites)
        it(`says which one, for ${what} on ${version}, loses nothing, and completes once it is granted`, async () => {
            stage = await Stage.open(version);
            await prepare(stage);
            await expectNamed(version, steps, stage);
        });
});
