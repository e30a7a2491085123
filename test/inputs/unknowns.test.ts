import { expect } from "chai";
import fc from "fast-check";

import { parseAlias, parseCollection } from "../../provider/inputs/parse";
import { unknownValue } from "../../provider/inputs/argumentScan";
import { type Args, goodProgram, smallProgram } from "./program";

type Path = (string | number)[];

describe("unknown values", () => {
    it("pass at each path of a valid program", () => {
        for (const path of places(goodProgram())) {
            const { failures, warnings, hasUnknowns, spec } = parseCollection(
                withUnknown(goodProgram(), [path]),
            );
            expect({ path, failures, warnings }).to.deep.equal({ path, failures: [], warnings: [] });
            expect({ path, hasUnknowns, spec }).to.deep.equal({ path, hasUnknowns: true, spec: undefined });
        }
    });

    it("pass at several paths at once", () => {
        const all = places(goodProgram());
        fc.assert(
            fc.property(fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 12 }), (paths) => {
                expect(parseCollection(withUnknown(goodProgram(), paths)).failures).to.deep.equal([]);
            }),
        );
    });

    it("pass in an alias, whose collection is unknown in every first preview", () => {
        const parsed = parseAlias({ __logicalName: "live", collection: unknownValue });
        expect(parsed).to.deep.equal({ failures: [], warnings: [], hasUnknowns: true });
    });

    it("hide no error that does not depend on them", () => {
        const { failures, hasUnknowns } = parseCollection({
            ...smallProgram(
                { name: "a", dataType: "Int8", dim: 4 },
                { name: unknownValue, dataType: "VarChar", backfill: 1 },
            ),
            description: unknownValue,
            indexes: [{ field: "nowhere" }, { field: "vector", metricType: "HAMMING" }],
        });
        // The name of a field is unknown, so "nowhere" may exist.
        expect(failures.map(({ property }) => property)).to.deep.equal([
            "fields[2].dim",
            "fields[3].backfill",
            "indexes[1].metricType",
        ]);
        expect(hasUnknowns).to.equal(true);
    });

    it("do not hide a misspelt argument", () => {
        const { failures } = parseCollection({ ...smallProgram(), shardNum: unknownValue });
        expect(failures.map(({ property }) => property)).to.deep.equal(["shardNum"]);
    });

    it("are ignored in the hidden inputs of the SDK", () => {
        expect(parseCollection({ ...smallProgram(), __owner: unknownValue }).hasUnknowns).to.equal(false);
    });
});

/** Every path of the tree below its root, except those of hidden inputs. */
function places(value: unknown, at: Path = []): Path[] {
    if (typeof value !== "object" || value === null) return [];
    const entries: [string | number, unknown][] = Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value);
    return entries
        .filter(([key]) => !String(key).startsWith("__"))
        .flatMap(([key, entry]) => [[...at, key], ...places(entry, [...at, key])]);
}

function withUnknown(program: Args, paths: Path[]): Args {
    for (const path of paths) {
        let parent: unknown = program;
        // Below a path that is unknown already, there is nothing to replace.
        for (const part of path.slice(0, -1))
            parent = (parent as Record<string | number, unknown> | undefined)?.[part];
        if (typeof parent === "object" && parent !== null)
            (parent as Record<string | number, unknown>)[path.at(-1)!] = unknownValue;
    }
    return program;
}
