import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import { currentServer, recorded } from "../../provider/plan/offline";
import { type CollectionPlan, dropsExpired, planCollection } from "../../provider/plan/plan";
import type { RetainedCollection } from "../../provider/plan/retained";
import { planJson } from "../../provider/plan/render/json";
import { renderPlan } from "../../provider/plan/render/text";
import { collection } from "./arbitrary";

const now = Date.UTC(2026, 2, 1);
const hour = 3_600_000;
const one = (
    generation: string,
    hours?: number,
    more: Partial<RetainedCollection> = {},
): RetainedCollection => ({
    name: `docs_${generation}`,
    generation,
    rows: 1000,
    aliases: [],
    lease: "none",
    keptUntil: hours === undefined ? undefined : now + hours * hour,
    ...more,
});

function plan(
    found: RetainedCollection[],
    target: Partial<Collection> = {},
    isReplaced = false,
): CollectionPlan {
    const deployed = collection();
    const retained = { found, now };
    const source = { ...recorded(deployed), name: "docs_3333333" };
    const about = { deployed, target: collection(target), source, unknowns: false, replace: isReplaced };
    return planCollection({ ...about, capabilities: currentServer, rows: 1000, retained });
}

const migration = (more: Partial<Collection["migration"]>) => ({
    migration: { ...collection().migration, ...more },
});
const fates = ({ retained }: CollectionPlan) =>
    retained.map(({ fate, why }) => (why ? `${fate}: ${why}` : fate));
const lines = (given: CollectionPlan) =>
    renderPlan(given, { name: "docs" }).filter((line) => line.includes("retained:"));

describe("a plan of what is retained", () => {
    it("says when each expires, and changes nothing", () => {
        const kept = plan([one("2222222", 3), one("1111111", 30)]);
        expect(renderPlan(kept, { name: "docs" })).to.deep.equal([
            "docs: no changes",
            "  retained: docs_2222222, expires in 3.0 h",
            "  retained: docs_1111111, expires in 30 h",
        ]);
        expect(dropsExpired(kept)).to.equal(false);
        expect(kept.verdict).to.equal("none");
    });

    it("has no line for what has no time, unless a migration decides about it", () => {
        expect(renderPlan(plan([one("2222222")]), { name: "docs" })).to.deep.equal([]);
        const first = plan([one("2222222")], migration({ keepPrevious: true }), true);
        expect(lines(first)).to.deep.equal([
            "  retained: docs_2222222, only the latest is retained: this `pulumi up` drops it and its 1,000 rows",
        ]);
    });

    it("drops what has expired, although the collection does not change", () => {
        const expired = plan([one("2222222", 3), one("1111111", -1)]);
        expect(renderPlan(expired, { name: "docs" })).to.deep.equal([
            "docs: the collection does not change",
            "  retained: docs_2222222, expires in 3.0 h",
            "  retained: docs_1111111, expired: this `pulumi up` drops it and its 1,000 rows",
        ]);
        expect(dropsExpired(expired)).to.equal(true);
        expect(planJson(expired, { name: "docs" }).retained.at(-1)).to.deep.equal({
            name: "docs_1111111",
            generation: "1111111",
            expires: "2026-02-28T23:00:00.000Z",
            rows: 1000,
            fate: "dropped",
            why: "expired",
        });
    });

    it("keeps what has expired where it is protected, used, or named by the program", () => {
        const expired = one("1111111", -1);
        for (const [found, target] of [
            [expired, { deletionProtection: true }],
            [{ ...expired, aliases: ["theirs"] }, {}],
            [{ ...expired, lease: "held" }, {}],
            [expired, migration({ rollback: { to: "docs_1111111" } })],
            [expired, migration({ rollback: { to: "1111111" } })],
        ] as [RetainedCollection, Partial<Collection>][]) {
            const kept = plan([found], target);
            expect(fates(kept)).to.deep.equal(["overdue: expired"]);
            expect(dropsExpired(kept)).to.equal(false);
            expect(lines(kept)[0]).to.include("expired, but it stays");
        }
        // It is done: which one is the previous changes with every migration.
        expect(fates(plan([expired], migration({ rollback: "previous" })))).to.deep.equal([
            "dropped: expired",
        ]);
    });

    it("puts the old collection of a migration in front of the others", () => {
        const chain = [one("2222222", 3), one("1111111", 2), one("0000000", -1)];
        const to = (more: Partial<Collection["migration"]>) => fates(plan(chain, migration(more), true));
        expect(to({ keepPrevious: { for: "24h" } })).to.deep.equal(["stays", "stays", "dropped: expired"]);
        expect(to({ keepPrevious: { for: "24h", most: 2 } })).to.deep.equal([
            "stays",
            "dropped: most",
            "dropped: expired",
        ]);
        expect(to({ keepPrevious: true })).to.deep.equal([
            "dropped: replaced",
            "dropped: replaced",
            "dropped: expired",
        ]);
        expect(to({})).to.deep.equal(["dropped: abandoned", "dropped: abandoned", "dropped: abandoned"]);
    });
});
