import { expect } from "chai";
import fc from "fast-check";

import { parseAlias, parseCollection, parseConnection } from "../../provider/inputs/parse";
import { type Args, smallProgram } from "./program";

describe("hostile arguments", () => {
    it("of any form get an answer, not an exception", () => {
        const args = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<unknown>);
        fc.assert(
            fc.property(args, (anything) => {
                for (const parse of [parseCollection, parseAlias, parseConnection])
                    expect(parse(anything).failures).to.be.an("array");
            }),
        );
    });

    it("at a known path get errors at that path or below it", () => {
        const names = [
            "name",
            "indexes",
            "functions",
            "partitions",
            "properties",
            "load",
            "migration",
            "connection",
        ];
        fc.assert(
            fc.property(fc.constantFrom(...names), fc.jsonValue() as fc.Arbitrary<unknown>, (name, value) => {
                for (const { property } of parseCollection({ ...smallProgram(), [name]: value }).failures)
                    expect(property.startsWith(name)).to.equal(true);
            }),
        );
    });

    it("may be a hundred thousand levels deep", () => {
        let deep: unknown = 1;
        for (let level = 0; level < 100_000; level++) deep = level % 2 ? [deep] : { deep };
        for (const args of [
            smallProgram({ name: "a", dataType: "JSON", backfill: deep }),
            { ...smallProgram(), indexes: [{ field: "vector", params: { deep } }] },
        ])
            expect(parseCollection(args).failures.map(({ reason }) => reason.slice(-7))).to.deep.equal([
                "[MV006]",
            ]);
    });

    it("may be ten thousand fields, all wrong", () => {
        const fields = Array.from({ length: 10_000 }, (_, index) => ({
            name: `f-${index}`,
            dataType: "VARCHR",
            dim: "x",
        }));
        const { failures } = parseCollection({
            fields,
            indexes: fields.map(({ name }) => ({ field: name })),
        });
        expect(failures.length).to.be.greaterThan(30_000);
    });

    it("may contain themselves", () => {
        const circle: Args = {};
        circle.again = [circle, circle, circle];
        const { failures } = parseCollection({ ...smallProgram(), properties: circle });
        expect(failures[0]!.reason).to.contain("[MV006]");
    });

    it("may be named __proto__ and change no prototype", () => {
        const args = JSON.parse('{"__proto__":{"fields":[]},"properties":{"__proto__":{"x":1}}}') as Args;
        const { failures } = parseCollection({ ...smallProgram(), ...args });
        expect(failures.map(({ property }) => property)).to.deep.equal(["properties.__proto__"]);
        expect(({} as Args).x).to.equal(undefined);
    });

    it("may have the names of Object's own methods", () => {
        for (const name of ["constructor", "toString", "hasOwnProperty"]) {
            expect(parseCollection({ ...smallProgram(), [name]: 1 }).failures).to.have.length(1);
            const { failures } = parseCollection({
                ...smallProgram({ name, dataType: "Int8" }),
                indexes: [{ field: name }],
            });
            expect(failures).to.deep.equal([]);
        }
    });
});
