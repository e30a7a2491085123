import { expect } from "chai";
import fc from "fast-check";

import { secondsOf } from "../../provider/inputs/values/duration";
import { type Leaving, leaving, mayExpire, retentionOf } from "../../provider/plan/retention";

const now = 1_000_000;
const until = (seconds: number) => ({ keptUntil: now + seconds * 1000 });
const forever = {};

describe("a duration", () => {
    it("is whole numbers with units, the largest first", () => {
        const known: [string, number][] = [
            ["24h", 86_400],
            ["30m", 1800],
            ["7d", 604_800],
            ["45s", 45],
            ["1h30m", 5400],
            ["1d2h3m4s", 93_784],
        ];
        for (const [text, seconds] of known) expect(secondsOf(text), text).to.equal(seconds);
    });

    it("has another form, or is out of range: undefined", () => {
        for (const text of [
            "",
            "24",
            "h",
            "1.5h",
            "-1h",
            "30m1h",
            "24 h",
            "1 day",
            "0s",
            "3651d",
            "2w",
            "1H",
        ])
            expect(secondsOf(text), text).to.equal(undefined);
    });

    it("counts every unit", () => {
        const part = fc.nat(1000);
        fc.assert(
            fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
                const all = days * 86_400 + hours * 3600 + minutes * 60 + seconds;
                const text = `${days}d${hours}h${minutes}m${seconds}s`;
                expect(secondsOf(text)).to.equal(all === 0 ? undefined : all);
            }),
        );
    });
});

describe("what a program retains", () => {
    it("is nothing, one collection, or each for a time", () => {
        expect(retentionOf({ keepPrevious: false })).to.equal(undefined);
        expect(retentionOf({ keepPrevious: true })).to.deep.equal({});
        const window = { for: "24h", most: 3 };
        expect(retentionOf({ keepPrevious: window })).to.deep.equal({ seconds: 86_400, most: 3 });
    });
});

describe("retained collections that leave", () => {
    const cases: [string, Parameters<typeof leaving>, (Leaving | undefined)[]][] = [
        [
            "those whose time is over",
            [[until(1), until(0), until(-1)], now],
            [undefined, "expired", "expired"],
        ],
        ["never those without a time, while nothing is migrated", [[forever], now], [undefined]],
        [
            "all others where one is retained at a time",
            [[forever, until(9)], now, {}],
            [undefined, "replaced"],
        ],
        [
            "those without a time after a migration that has one",
            [[until(9), forever, until(5)], now, { seconds: 9 }],
            [undefined, "replaced", undefined],
        ],
        [
            "the oldest of too many",
            [[until(9), until(5), until(4)], now, { seconds: 9, most: 2 }],
            [undefined, undefined, "most"],
        ],
        [
            "no more than that, where one leaves anyway",
            [[until(9), until(-1), until(4)], now, { seconds: 9, most: 2 }],
            [undefined, "expired", undefined],
        ],
        [
            "never the one that has just been retained",
            [[until(-1)], now, { seconds: 9, most: 1 }],
            [undefined],
        ],
    ];
    for (const [title, given, expected] of cases)
        it(`are ${title}`, () => {
            expect(leaving(...given)).to.deep.equal(expected);
        });
});

describe("a retained collection whose time is over", () => {
    const idle = { aliases: [], lease: "none" } as const;

    it("goes, unless it is protected, or used by an alias or a run", () => {
        expect(mayExpire(idle, { deletionProtection: false })).to.equal(true);
        expect(mayExpire({ ...idle, lease: "free" }, { deletionProtection: false })).to.equal(true);
        expect(mayExpire(idle, { deletionProtection: true })).to.equal(false);
        expect(mayExpire({ ...idle, aliases: ["live"] }, { deletionProtection: false })).to.equal(false);
        expect(mayExpire({ ...idle, lease: "held" }, { deletionProtection: false })).to.equal(false);
    });
});
