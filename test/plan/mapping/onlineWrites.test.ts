import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { mapRows } from "../../../provider/plan/mapping/mapRows";
import {
    followsWrites,
    mayPauseWrites,
    pauseFindings,
    writesFindings,
} from "../../../provider/plan/mapping/onlineWrites";
import { planCollection } from "../../../provider/plan/plan";
import { collection, embed, id, text, vector } from "../arbitrary";

type Migration = Partial<Collection["migration"]>;
const { migration } = collection();
const wide = [id, { ...vector, dim: 16 }, text];
const keyed = [{ ...id, autoId: true }, vector, text];

/** A program with these settings of the migration, and the mapping of the rows. */
function mapped(given: Migration, fields = [id, vector, text]) {
    const target = collection({ fields, migration: { ...migration, ...given } });
    const { mapping } = mapRows({ source: recorded(collection()), target, capabilities: currentServer });
    return { target, mapping };
}
const regenerated = (given: Migration = {}) => mapped({ primaryKeys: "regenerate", ...given }, keyed);
const withTextKeys = (given: Migration = {}) => {
    const { target, mapping } = regenerated(given);
    return { target, mapping: { ...mapping, key: { ...mapping.key, dataType: "VarChar" as const } } };
};
const transformed = (given: Migration = {}) => mapped({ transform: embed, ...given }, wide);
const respelled = (given: Migration = {}) =>
    mapped({ transform: embed, ...given }, [
        id,
        vector,
        text,
        { ...text, name: "place", dataType: "Geometry" },
    ]);

describe("the writes that clients make during a migration", () => {
    const follows = ({ target, mapping }: ReturnType<typeof mapped>) => followsWrites(target, mapping);

    it("are carried over, unless clients pause them or the rows cannot be followed", () => {
        expect(follows(mapped({}))).to.equal(true);
        expect(follows(mapped({ writes: "online" }))).to.equal(true);
        expect(follows(mapped({ writes: "paused" }))).to.equal(false);
        expect(follows(mapped({ verify: "count" }))).to.equal(false);
        expect(follows(regenerated())).to.equal(true);
        expect(follows(transformed())).to.equal(true);
        expect(follows(withTextKeys())).to.equal(false);
        expect(follows(respelled())).to.equal(false);
    });

    const reasons: [string, (given?: Migration) => ReturnType<typeof mapped>, string, string][] = [
        [
            "new keys that are texts",
            withTextKeys,
            "every row gets a new primary key, and it is a VarChar",
            "keep the primary keys",
        ],
        [
            "computed values that a server spells in its own way",
            respelled,
            "a transform computes place, and a server spells a Geometry in its own way",
            "give the field a backfill",
        ],
        [
            "a count",
            (given = {}) => mapped({ verify: "count", ...given }),
            'verify is "count"',
            'set verify to "full"',
        ],
    ];
    for (const [what, of, reason, alternative] of reasons)
        it(`are a finding with ${what}, and an error where the program asks for them`, () => {
            const found = (given: Migration) => {
                const { target, mapping } = of(given);
                return writesFindings(target, mapping).map(({ code, path, message, fix }) => ({
                    code,
                    path,
                    message,
                    fix,
                }));
            };
            const message = `Writes made during the migration are not carried over: ${reason}.`;
            const fix = 'Pause writes and set migration: { writes: "paused" }.';
            const path = "migration.writes";
            expect(found({})).to.deep.equal([{ code: "MV148", path, message, fix }]);
            expect(found({ writes: "online" })).to.deep.equal([
                { code: "MV147", path, message, fix: `${fix} Or ${alternative}.` },
            ]);
            expect(found({ writes: "paused" })).to.deep.equal([]);
        });

    it("are no finding where they are carried over", () => {
        const { target, mapping } = mapped({ writes: "online" });
        expect(writesFindings(target, mapping)).to.deep.equal([]);
    });
});

describe("the pause of writes for the final pass", () => {
    it("is possible where the server has properties, but not on milvus-lite", () => {
        const may = (alterProperties: boolean, lite: boolean) =>
            mayPauseWrites({ ...currentServer, alterProperties, lite });
        expect(may(true, false)).to.equal(true);
        expect(may(false, false)).to.equal(false);
        expect(may(true, true)).to.equal(false);
        expect(may(false, true)).to.equal(false);
    });

    const found = (maxWritePause: number, seconds: number) =>
        pauseFindings(collection({ migration: { ...migration, maxWritePause } }), seconds);

    it("is a finding only if it is longer than allowed", () => {
        const [one, ...others] = found(30, 30.4);
        expect(others).to.deep.equal([]);
        expect(one).to.deep.include({ code: "MV152", path: "migration.maxWritePause" });
        expect(one?.message).to.match(/the final pass before the cutover, about 31 s here\./);
        expect(one?.message).to.match(/maxWritePause is 30, so `up` would end before the cutover\.$/);
        expect(one?.fix).to.match(/^Raise it, or pause writes/);
        expect(found(30, 30)).to.deep.equal([]);
        expect(found(30, 3)).to.deep.equal([]);
        expect(found(0, 300)).to.deep.equal([]);
    });

    it("is estimated only where the writes are carried over and the server can refuse them", () => {
        const codes = (given: Migration, server: Partial<typeof currentServer> = {}) => {
            const deployed = collection();
            const { target } = mapped(given, [id, vector, { ...text, nullable: true }]);
            const capabilities = { ...currentServer, ...server };
            const estimate = { seconds: 100, passSeconds: 60 };
            const source = recorded(deployed);
            const plan = planCollection({
                deployed,
                target,
                source,
                capabilities,
                unknowns: false,
                estimate,
            });
            return plan.findings.map(({ code }) => code);
        };
        expect(codes({})).to.deep.equal(["MV152"]);
        expect(codes({ maxWritePause: 60 })).to.deep.equal([]);
        expect(codes({ writes: "paused" })).to.deep.equal([]);
        expect(codes({}, { lite: true })).to.deep.equal([]);
    });
});
