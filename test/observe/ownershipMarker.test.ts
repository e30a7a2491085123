import { expect } from "chai";
import fc from "fast-check";

import { readMarker, markerDescription, markerProperties } from "../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../provider/observe/state";

const hex = fc.stringMatching(/^[0-9a-f]{7}$/);
const stamps: fc.Arbitrary<OwnershipMarker> = fc.record({
    owner: fc.stringMatching(/^[\w-]+\/[\w-]+\/[\w:$-]+$/),
    generation: hex,
    from: fc.option(hex, { nil: undefined }),
    state: fc.constantFrom("building" as const, "live" as const, "previous" as const),
});

describe("the stamp of a collection", () => {
    it("comes back from properties, and leaves the user's own", () => {
        fc.assert(
            fc.property(stamps, fc.string(), (marker, description) => {
                const properties = { "collection.ttl.seconds": "60", ...markerProperties(marker) };
                expect(readMarker({ description, properties })).to.deep.equal({
                    marker,
                    description,
                    properties: { "collection.ttl.seconds": "60" },
                });
            }),
        );
    });

    it("comes back from a description, where a server keeps no properties; there it cannot say that it is building", () => {
        fc.assert(
            fc.property(stamps, fc.string(), (marker, text) => {
                const description = text.trimEnd();
                const told = readMarker({
                    description: markerDescription(description, marker),
                    properties: {},
                });
                expect(told).to.deep.equal({
                    marker: { ...marker, state: "live" },
                    description,
                    properties: {},
                });
            }),
        );
    });

    it("is that of a collection in service where a later release says what this one does not know", () => {
        const marker: OwnershipMarker = {
            owner: "a/b/c",
            generation: "3fa9c1d",
            from: undefined,
            state: "live",
        };
        const properties = { ...markerProperties(marker), "pulumi.state": "resting" };
        expect(readMarker({ description: "", properties }).marker).to.deep.equal(marker);
    });

    it("is not read into what somebody wrote", () => {
        expect(readMarker({ description: "see [pulumi] docs", properties: {} }).marker).to.equal(undefined);
        expect(readMarker({ description: "", properties: { "pulumi.owner": "a/b/c" } }).marker).to.equal(
            undefined,
        );
    });
});
