import { expect } from "chai";

import type { Inspected } from "../../../provider/observe/generation";
import { migrationStateOf, standingOf } from "../../../provider/resource/detached/standing";
import { notBegunText, standingText } from "../../../provider/resource/detached/standingText";

const now = 1_000_000;
const copy = (more: Partial<Inspected> = {}): Inspected => ({
    ref: { database: undefined, name: "docs_2222222" },
    marker: { owner: "shop/prod/docs", generation: "2222222", from: "1111111", state: "building" },
    aliases: [],
    successor: undefined,
    retained: [],
    checkpoint: { plan: "plan", rows: 250 },
    lease: "none",
    isFenced: false,
    detached: "up",
    worker: undefined,
    isPaused: false,
    progress: { rows: 250, isDone: false, rowsPerSecond: 50, savedAt: now - 4_000 },
    cutover: undefined,
    ...more,
});
const worker = { pid: 12, machine: "node-7", until: now + 30_000 };
const copying = { phase: "copying", since: now - 90_000 } as const;
const textOf = (more: Partial<Inspected>) => standingText(standingOf(copy(more), 1_000, now));

describe("where a detached migration stands", () => {
    it("is told to the state in few words", () => {
        const standing = standingOf(copy({ work: copying }), 1_000, now);
        const state = { phase: "copying", collection: "docs_2222222", rows: 250, total: 1_000 };
        expect(migrationStateOf(standing)).to.deep.equal(state);
        expect(migrationStateOf({ ...standing, total: undefined })).to.not.have.property("total");
    });

    it("says what to run before it has begun, and who switches", () => {
        expect(notBegunText("up"))
            .to.include("npx pulumi-milvus work")
            .and.include("next `pulumi up` switches");
        expect(textOf({ progress: undefined })).to.include("docs_2222222 waits for a worker");
        expect(textOf({ progress: undefined, detached: "worker" })).to.match(
            /copies the rows, then switches$/,
        );
    });

    it("says rows, rate, time left and worker while a worker copies", () => {
        expect(textOf({ work: copying, lease: "held", worker })).to.equal(
            "detached: docs_2222222 has 250 of 1,000 rows (25 %), 50 rows/s, 15 s left; process 12 on node-7 is at work, and nothing was recorded for 4 s",
        );
    });

    it("says since when nothing was recorded where no worker is at work", () => {
        expect(textOf({ work: copying, worker })).to.equal(
            "detached: docs_2222222 has 250 of 1,000 rows (25 %); no worker is at work, and nothing was recorded for 4 s: run `npx pulumi-milvus work`, which goes on from there",
        );
    });

    it("says that a copy is paused, and what lets it go on", () => {
        expect(textOf({ work: copying, lease: "held", worker, isPaused: true }))
            .to.include("(25 %), and is paused")
            .and.include("`npx pulumi-milvus resume`");
    });

    for (const [phase, said] of [
        ["indexing", "builds its indexes"],
        ["verifying", "is verified"],
        ["ready", "`pulumi up` carries over the writes made since, and switches to it"],
    ] as const)
        it(`names the phase ${phase}`, () =>
            expect(textOf({ work: { phase, since: now } })).to.include(said));

    it("warns with the reason where the worker failed", () => {
        const work = { phase: "failed", since: now, error: "lang: NULL [MV309]" } as const;
        expect(textOf({ work })).to.match(/^warning: .*lang: NULL \[MV309\]/);
    });
});
