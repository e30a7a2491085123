import { expect } from "chai";

import { capabilitiesOf, calls, type Calls } from "../../../provider/observe/capabilitiesOf";
import { ignoredProperties } from "../../../provider/plan/mapping/ignoredProperties";
import { planCollection } from "../../../provider/plan/plan";
import { collection } from "../arbitrary";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const isIgnored = (key: string, text: string) =>
    ignoredProperties({ [key]: "1" }, capabilitiesOf(text, all)).length > 0;

describe("properties that a server ignores", () => {
    for (const [key, last, first] of [
        ["partitionkey.isolation", "v2.4.6", "v2.4.7"],
        ["collection.replica.number", "v2.6.2", "v2.6.3"],
        ["collection.resource_groups", "v2.5.16", "v2.6.3"],
        ["allow_insert_auto_id", "v2.6.2", "v2.6.3"],
        ["timezone", "v2.6.5", "v2.6.6"],
        ["dynamicfield.enabled", "v2.6.5", "v2.6.6"],
        ["warmup.vectorIndex", "v2.6.10", "v2.6.11"],
        ["query_mode", "v2.6.13", "v2.6.14"],
        ["ttl_field", "v2.6.18", "v3.0.0"],
    ] as const)
        it(`are warned of: ${key} before ${first.slice(1)}`, () => {
            expect(isIgnored(key, last)).to.equal(true);
            expect(isIgnored(key, first)).to.equal(false);
            expect(isIgnored(key, "milvus_lite-3.2.2")).to.equal(false);
        });

    it("are none that every server honours or that is the program's own", () => {
        for (const key of ["collection.ttl.seconds", "team", "timezones"])
            expect(isIgnored(key, "v2.4.0"), key).to.equal(false);
    });

    it("are told in a plan that sets them, and in one that migrates, and in no other", () => {
        const capabilities = capabilitiesOf("v2.6.18", all);
        const set = collection({ properties: { ttl_field: "at" } });
        const codes = (deployed: typeof set, target: typeof set) =>
            planCollection({ deployed, target, unknowns: false, capabilities }).findings.map(
                ({ code }) => code,
            );
        expect(codes(collection(), set)).to.include("MV184");
        expect(codes(set, { ...set, shardsNum: 4 })).to.include("MV184");
        expect(codes(set, { ...set, deletionProtection: true })).not.to.include("MV184");
    });
});
