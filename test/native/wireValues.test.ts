import { expect } from "chai";
import fc from "fast-check";

import { unknownValue } from "../../provider/inputs/argumentScan";
import {
    markedProps,
    plainProps,
    secretValue,
    type WireProps,
    withSecrets,
} from "../../provider/native/wireValues";

/** Marks for unknown values of each kind, as the engine sends them. */
const marks = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** Any JSON value with secrets at any depth. */
const { value: wireValue } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean()),
        tie("value").map(secretValue),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    ),
}));
const wireProps = fc.dictionary(fc.string({ minLength: 1 }), wireValue, { maxKeys: 4 });

/** Every text that stands in a secret, and every text that does not. */
function textsOf(wire: unknown, inSecret = false): { secret: string[]; open: string[] } {
    if (typeof wire === "string")
        return inSecret ? { secret: [wire], open: [] } : { secret: [], open: [wire] };
    if (typeof wire !== "object" || wire === null) return { secret: [], open: [] };
    const isSecret = "4dabf18193072939515e22adb298388d" in wire;
    const parts = (isSecret ? [(wire as unknown as { value: unknown }).value] : Object.values(wire)).map(
        (part) => textsOf(part, inSecret || isSecret),
    );
    return { secret: parts.flatMap(({ secret }) => secret), open: parts.flatMap(({ open }) => open) };
}

describe("values between the engine and the core", () => {
    it("have one mark for everything unknown, at any depth", () => {
        const plain = plainProps({
            fields: marks.map((mark) => ({ dim: mark })),
            token: secretValue(marks[0]),
        });
        expect(plain).to.deep.equal({
            fields: marks.map(() => ({ dim: unknownValue })),
            token: unknownValue,
        });
    });

    it("have no null where a language sends null for a property that the program leaves out", () => {
        expect(plainProps({ name: null, fields: [{ dim: null, name: "id" }] })).to.deep.equal({
            fields: [{ name: "id" }],
        });
    });

    it("keep every mark where the core changes nothing", () => {
        fc.assert(
            fc.property(wireProps, (wire) => {
                expect(markedProps(plainProps(wire), wire)).to.deep.equal(wire);
            }),
        );
    });

    it("never show a secret text that the core hands back, however the rest has changed", () => {
        // Digits that stand nowhere else.
        const secretText = fc.integer({ min: 1e9, max: 2e9 }).map((number) => `secret ${number}`);
        const more = fc.oneof(fc.string(), fc.constant([]), fc.constant({ added: true }));
        fc.assert(
            fc.property(secretText, wireValue, more, fc.boolean(), (text, beside, added, isInList) => {
                const secret = secretValue(text);
                const wire: WireProps = { fields: isInList ? [secret, beside] : { secret, beside } };
                const plain = plainProps(wire);
                const now = isInList
                    ? { fields: [...(plain["fields"] as unknown[]), added] }
                    : { fields: { ...(plain["fields"] as object), added } };
                const { open } = textsOf(markedProps(now, wire));
                expect(open).to.not.include(text);
            }),
        );
    });

    it("stay secret where they change", () => {
        const sent = { password: secretValue("old"), fields: [{ backfill: secretValue("old") }] };
        const now = { password: "new", fields: [{ backfill: "new" }] };
        expect(markedProps(now, sent)).to.deep.equal({
            password: secretValue("new"),
            fields: [{ backfill: secretValue("new") }],
        });
    });

    it("mark the credentials of a connection, which the program may have left in the clear", () => {
        const connection = { address: "localhost:19530", token: "a:b", password: secretValue("c") };
        expect(withSecrets({ name: "docs", connection })).to.deep.equal({
            name: "docs",
            connection: { address: "localhost:19530", token: secretValue("a:b"), password: secretValue("c") },
        });
        const whole = { connection: secretValue(connection) };
        expect(withSecrets(whole)).to.equal(whole);
        expect(withSecrets({ name: "docs" })).to.deep.equal({ name: "docs" });
    });
});
