import { expect } from "chai";
import fc from "fast-check";

import {
    changedByCommand,
    commandOwner,
    readMarker,
    markerDescription,
    markerProperties,
} from "../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../provider/observe/state";

const hex = fc.stringMatching(/^[0-9a-f]{7}$/);
const markers: fc.Arbitrary<OwnershipMarker> = fc.record({
    owner: fc.stringMatching(/^[\w-]+\/[\w-]+\/[\w:$-]+$/),
    generation: hex,
    from: fc.option(hex, { nil: undefined }),
    state: fc.constantFrom("building" as const, "live" as const, "previous" as const),
});

describe("the ownership marker of a collection", () => {
    it("is read from properties, without the user's own", () => {
        fc.assert(
            fc.property(markers, fc.string(), (marker, description) => {
                const properties = { "collection.ttl.seconds": "60", ...markerProperties(marker) };
                expect(readMarker({ description, properties })).to.deep.equal({
                    marker,
                    description,
                    properties: { "collection.ttl.seconds": "60" },
                });
            }),
        );
    });

    it("is none once it was emptied, on a server that deletes no property", () => {
        const properties = {
            "pulumi.owner": "",
            "pulumi.generation": "",
            "pulumi.from": "",
            "pulumi.state": "",
        };
        expect(readMarker({ description: "", properties }).marker).to.equal(undefined);
    });

    it("tells a collection that the command changes from one of a resource", () => {
        fc.assert(
            fc.property(markers, fc.stringMatching(/^\w+$/), ({ owner }, name) => {
                expect(changedByCommand(commandOwner(name))).to.equal(name);
                expect(changedByCommand(owner)).to.equal(undefined);
            }),
        );
    });

    it("is read from a description, where it is always live", () => {
        fc.assert(
            fc.property(markers, fc.string(), (marker, text) => {
                const description = text.trimEnd();
                const read = readMarker({
                    description: markerDescription(description, marker),
                    properties: {},
                });
                expect(read).to.deep.equal({
                    marker: { ...marker, state: "live" },
                    description,
                    properties: {},
                });
            }),
        );
    });

    it("is live if its state is unknown, as from a later release", () => {
        const marker: OwnershipMarker = {
            owner: "a/b/c",
            generation: "3fa9c1d",
            from: undefined,
            state: "live",
        };
        const properties = { ...markerProperties(marker), "pulumi.state": "resting" };
        expect(readMarker({ description: "", properties }).marker).to.deep.equal(marker);
    });

    it("is not read from a similar text of the user", () => {
        expect(readMarker({ description: "see [pulumi] docs", properties: {} }).marker).to.equal(undefined);
        expect(readMarker({ description: "", properties: { "pulumi.owner": "a/b/c" } }).marker).to.equal(
            undefined,
        );
    });
});
