import { expect } from "chai";
import fc from "fast-check";

import { readStamp, stampDescription, stampProperties } from "../../provider/observe/stamp";
import type { Stamp } from "../../provider/observe/state";

const hex = fc.stringMatching(/^[0-9a-f]{7}$/);
const stamps: fc.Arbitrary<Stamp> = fc.record({
    owner: fc.stringMatching(/^[\w-]+\/[\w-]+\/[\w:$-]+$/),
    generation: hex,
    from: fc.option(hex, { nil: undefined }),
    state: fc.constantFrom("building" as const, "live" as const, "previous" as const),
});

describe("the stamp of a collection", () => {
    it("comes back from properties, and leaves the user's own", () => {
        fc.assert(
            fc.property(stamps, fc.string(), (stamp, description) => {
                const properties = { "collection.ttl.seconds": "60", ...stampProperties(stamp) };
                expect(readStamp({ description, properties })).to.deep.equal({
                    stamp,
                    description,
                    properties: { "collection.ttl.seconds": "60" },
                });
            }),
        );
    });

    it("comes back from a description, where a server keeps no properties; there it cannot say that it is building", () => {
        fc.assert(
            fc.property(stamps, fc.string(), (stamp, text) => {
                const description = text.trimEnd();
                const told = readStamp({ description: stampDescription(description, stamp), properties: {} });
                expect(told).to.deep.equal({
                    stamp: { ...stamp, state: "live" },
                    description,
                    properties: {},
                });
            }),
        );
    });

    it("is that of a collection in service where a later release says what this one does not know", () => {
        const stamp: Stamp = { owner: "a/b/c", generation: "3fa9c1d", from: undefined, state: "live" };
        const properties = { ...stampProperties(stamp), "pulumi.state": "resting" };
        expect(readStamp({ description: "", properties }).stamp).to.deep.equal(stamp);
    });

    it("is not read into what somebody wrote", () => {
        expect(readStamp({ description: "see [pulumi] docs", properties: {} }).stamp).to.equal(undefined);
        expect(readStamp({ description: "", properties: { "pulumi.owner": "a/b/c" } }).stamp).to.equal(
            undefined,
        );
    });
});
