import { expect } from "chai";

import { type Calls, calls, capabilitiesOf } from "../../../provider/observe/capabilitiesOf";
import type { ObservedCollection } from "../../../provider/observe/state";
import { backfillHash } from "../../../provider/plan/diff/unfilled";
import { recorded } from "../../../provider/plan/offline";
import { planCollection } from "../../../provider/plan/plan";
import { bm25, collection, field, id, text, vector } from "../arbitrary";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
type Given = Parameters<typeof collection>[0];
const { migration } = collection();
const inPlace = { migration: { ...migration, backfill: "in-place", writes: "paused" } } as const;
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true, backfill: "en" });
const base = [id, vector, text];
const added: Given = { fields: [...base, lang], ...inPlace };

function plan(
    before: Given,
    after: Given,
    there: Partial<ObservedCollection> = {},
    version = "v2.6.18",
    rows: number | undefined = 10,
) {
    const deployed = collection(before);
    return planCollection({
        deployed,
        target: collection(after),
        source: { ...recorded(deployed), name: "docs_3fa9c1d", ...there },
        rows,
        capabilities: capabilitiesOf(version, all),
        unknowns: false,
    });
}

const reason = (...given: Parameters<typeof plan>) => {
    const { verdict, reasons } = plan(...given);
    return `${verdict}: ${reasons.join("; ")}`;
};

describe("a backfill in place", () => {
    it("adds the field, then fills it in every row, and says what that costs", () => {
        for (const version of ["v2.6.18", "v3.0.0"]) {
            const { verdict, updates, findings } = plan({}, added, {}, version);
            expect(verdict, version).to.equal("update");
            expect(updates.map(({ kind }) => kind)).to.deep.equal(["add-field", "backfill"]);
            const said = findings.find(({ code }) => code === "MV189");
            expect(said?.message).to.include("10 rows of docs_3fa9c1d are written again with lang");
        }
        const { findings } = plan({}, added, {}, "v2.6.18", 0);
        expect(findings.map(({ code }) => code)).to.not.include("MV189");
    });

    it("fills several fields at once, before an index of one is built and a field is dropped", () => {
        const page = field({ name: "page", dataType: "Int32", nullable: true, backfill: 0 });
        const onLang = { field: "lang", name: "lang", indexType: "INVERTED", params: {} };
        const { updates } = plan(
            {},
            {
                fields: [id, vector, lang, page],
                indexes: [...collection().indexes, onLang],
                ...inPlace,
            },
            {},
            "v3.0.0",
        );
        const kinds = updates.map(({ kind }) => kind);
        expect(kinds).to.deep.equal(["add-field", "add-field", "backfill", "create-index", "drop-field"]);
        expect(updates[2]).to.deep.equal({ kind: "backfill", fields: [lang, page] });
    });

    const dynamic = { enableDynamicField: true };
    const until = field({ name: "until", dataType: "Timestamptz" });
    const place = field({ name: "place", dataType: "Geometry", nullable: true });
    const image = field({ name: "image", dataType: "FloatVector", dim: 4, nullable: true });
    const maybe = field({ name: "maybe", dataType: "Int64", nullable: true, defaultValue: 1 });
    const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
    const also = (more: Given, fields: (typeof id)[] = []): [Given, Given] => [
        { fields: [...base, ...fields], ...more },
        { ...added, ...more, fields: [...base, ...fields, lang] },
    ];
    const obstacles: Record<string, [Parameters<typeof plan>, string]> = {
        "the program does not ask for it": [
            [{}, { ...added, migration }],
            "existing rows get the backfill of lang",
        ],
        "the server is older": [[{}, added, {}, "v2.6.17"], "milvus 2.6.17 cannot fill lang in place"],
        "clients may write": [
            [{}, { ...added, migration: { ...inPlace.migration, writes: "online" } }],
            'filling lang in place can overwrite what clients write: migration.writes is not "paused"',
        ],
        "the field is not nullable": [
            [{}, { ...added, fields: [...base, { ...lang, nullable: false }] }],
            "lang is not nullable, and Milvus adds only nullable fields in place",
        ],
        "the field has a default": [
            [{}, { ...added, fields: [...base, { ...lang, defaultValue: "de" }] }],
            "existing rows would have the default of lang until they are filled",
        ],
        "the field is a vector": [
            [{}, { ...added, fields: [...base, { ...image, backfill: [0, 0, 0, 0] }] }],
            "image cannot be filled in place: it is a FloatVector",
        ],
        "the collection is not loaded": [
            [{}, added, { loadState: "partly-loaded" }],
            "lang cannot be filled in place: the collection is not loaded",
        ],
        "it has a dynamic field": [
            also(dynamic),
            "lang cannot be filled in place: Milvus would rewrite the numbers of the dynamic field",
        ],
        "the change turns the dynamic field on": [
            [{}, { ...added, ...dynamic }],
            "lang cannot be filled in place: Milvus would rewrite the numbers of the dynamic field",
        ],
        "it has a function": [
            also({ functions: [bm25] }, [sparse]),
            "lang cannot be filled in place: Milvus would run the functions again",
        ],
        "the server generates the keys": [
            [
                { fields: [{ ...id, autoId: true }, vector] },
                { ...added, fields: [{ ...id, autoId: true }, vector, lang] },
            ],
            "lang cannot be filled in place: Milvus would generate new keys",
        ],
        "rows expire": [
            also({ properties: { "collection.ttl.seconds": "3600" } }),
            "lang cannot be filled in place: the time to live of each row would start again",
        ],
        "rows expire by a field": [
            [{}, added, { properties: { ttl_field: "until" } }],
            "lang cannot be filled in place: the time to live of each row would start again",
        ],
        "rows are outside of Milvus": [
            [{}, added, { unmodelled: { isExternal: true, hasNamespaces: false, unknown: [] } }],
            "lang cannot be filled in place: its rows are in namespaces or outside of Milvus",
        ],
        "it has a Timestamptz": [
            also({}, [until]),
            "lang cannot be filled in place: it is unknown whether Milvus writes until again as it was",
        ],
        "it has a Geometry": [
            also({}, [place]),
            "lang cannot be filled in place: it is unknown whether Milvus writes place again as it was",
        ],
        "it has a nullable vector": [
            also({}, [image]),
            "lang cannot be filled in place: it is unknown whether Milvus writes image again as it was",
        ],
        "a row may hold NULL in a field with a default": [
            also({}, [maybe]),
            "lang cannot be filled in place: Milvus would replace NULL in maybe",
        ],
        "no column is required": [
            [
                { fields: [id, { ...text, nullable: true }] },
                { ...added, fields: [id, { ...text, nullable: true }, lang] },
            ],
            "lang cannot be filled in place: a row that is deleted meanwhile would come back",
        ],
        "its index needs a release": [
            [
                {},
                {
                    ...added,
                    indexes: [
                        ...collection().indexes,
                        {
                            field: "lang",
                            name: "lang",
                            indexType: "AUTOINDEX",
                            params: { "mmap.enabled": true },
                        },
                    ],
                },
            ],
            "lang cannot be filled in place: its index needs a release",
        ],
    };
    for (const [what, [given, why]] of Object.entries(obstacles))
        it(`is a migration where ${what}, and the preview says so`, () => {
            const text = reason(...given);
            expect(text).to.include(why);
            expect(text).to.match(/^(migrate|blocked): /);
        });
});

describe("a backfill in place that was interrupted", () => {
    const { backfill: _backfill, ...bare } = lang;
    const there = (value: unknown = "en"): Partial<ObservedCollection> => ({
        unfilled: [{ field: "lang", value: backfillHash({ backfill: value as string }) }],
    });
    const before = { fields: [...base, bare] };

    it("is planned again, although the field is there", () => {
        const { verdict, updates } = plan(before, added, there());
        expect(verdict).to.equal("update");
        expect(updates.map(({ kind }) => kind)).to.deep.equal(["add-field", "backfill"]);
        expect(plan(before, added).verdict).to.equal("state-only");
    });

    it("is completed by a copy where something else needs one: rows keep their values, NULL is filled", () => {
        const copied = plan(before, { ...added, shardsNum: 2 }, there());
        expect(copied.verdict).to.equal("migrate");
        const column = copied.migration?.mapping.columns.find(({ to }) => to.name === "lang");
        expect(column?.source).to.deep.include({ kind: "carry", nulls: "en" });
        const asked = plan(before, { fields: [...base, lang] }, there());
        expect(asked.reasons).to.deep.equal(["existing rows get the backfill of lang"]);
    });

    it("is blocked with another value, and over without one", () => {
        const other = plan(before, added, there("de"));
        expect(other.verdict).to.equal("blocked");
        expect(other.findings.map(({ code }) => code)).to.include("MV157");
        expect(plan(before, { ...before, ...inPlace }, there()).verdict).to.equal("state-only");
        expect(plan(before, before, there()).verdict).to.equal("none");
        const dropped = plan(before, {}, there(), "v3.0.0");
        expect(dropped.updates.map(({ kind }) => kind)).to.deep.equal(["drop-field"]);
    });
});
