import { expect } from "chai";

import { namesNothing, originsOf } from "../../../provider/plan/diff/fieldOrigins";
import { field } from "../arbitrary";

/** Fields from `name` or `name<previousName`. */
const fields = (...texts: string[]) =>
    texts.map((given) => {
        const [name, previousName] = given.split("<");
        return field({ name: name!, dataType: "Int64", previousName });
    });

function origins(deployed: string[], target: string[], source = deployed): Record<string, string> {
    const declared = fields(...deployed);
    const names = new Set(fields(...source).map(({ name }) => name));
    return Object.fromEntries(originsOf(fields(...target), names, declared));
}

describe("previousName", () => {
    it("renames a field", () => {
        expect(origins(["a"], ["b<a"])).to.deep.equal({ b: "a" });
    });

    it("may stay in the program after the rename", () => {
        expect(origins(["b<a"], ["b<a"])).to.deep.equal({ b: "b" });
    });

    it("does not rename again when a new field takes the old name later", () => {
        expect(origins(["b<a"], ["b<a", "a"])).to.deep.equal({ b: "b" });
        expect(origins(["b<a", "a"], ["b<a", "a"])).to.deep.equal({ b: "b", a: "a" });
    });

    it("swaps two names, once", () => {
        expect(origins(["a", "b"], ["a<b", "b<a"])).to.deep.equal({ a: "b", b: "a" });
        expect(origins(["a<b", "b<a"], ["a<b", "b<a"])).to.deep.equal({ a: "a", b: "b" });
        expect(origins(["a<b", "b<a"], ["a", "b"])).to.deep.equal({ a: "a", b: "b" });
    });

    it("moves names along a chain", () => {
        expect(origins(["a", "b"], ["b<a", "c<b"])).to.deep.equal({ b: "a", c: "b" });
    });

    it("takes precedence over a dropped field of the same name", () => {
        expect(origins(["a", "b"], ["b<a"])).to.deep.equal({ b: "a" });
    });

    it("counts if the state has the rename and the server does not", () => {
        expect(origins(["b<a"], ["b<a"], ["a"])).to.deep.equal({ b: "a" });
    });

    it("is ignored when it names no field, and reported for a new field", () => {
        expect(origins(["b"], ["b<x"])).to.deep.equal({ b: "b" });
        expect(origins(["b"], ["c<x"])).to.deep.equal({});
        expect(namesNothing(fields("c<x")[0]!, new Set(["b"]))).to.equal(true);
        expect(namesNothing(fields("b<x")[0]!, new Set(["b"]))).to.equal(false);
    });

    it("carries a field over only once", () => {
        expect(origins(["a"], ["b<a", "c<a"])).to.deep.equal({ b: "a" });
    });
});
