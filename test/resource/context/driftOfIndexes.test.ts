import { expect } from "chai";

import { capabilitiesOf, calls, type Calls } from "../../../provider/observe/capabilitiesOf";
import { recorded } from "../../../provider/plan/offline";
import { compareCollection } from "../../../provider/resource/context/compare";
import type { Field, Index } from "../../../provider/inputs/schema/collection";
import { collection, hnsw, id, text, vector } from "../../plan/arbitrary";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const auto = { ...hnsw, indexType: "AUTOINDEX", metricType: "COSINE" as const, params: {} };

/** What differs between a program and a collection that has no index. */
function differences(index: typeof hnsw, text: string, loadState: "loaded" | "not-loaded" = "loaded") {
    const declared = collection({ indexes: [index] });
    const observed = { ...recorded(declared), indexes: [], loadState };
    return compareCollection(declared, observed, capabilitiesOf(text, all)).differences;
}

describe("a collection without an index beside a program that only loads it", () => {
    it("is as declared on milvus-lite 3, which searches without one", () => {
        expect(differences(auto, "milvus_lite-3.2.2")).to.deep.equal([]);
    });

    it("differs where the program says more, and on any other server", () => {
        expect(differences(hnsw, "milvus_lite-3.2.2")).to.have.length(1);
        expect(differences({ ...auto, metricType: "L2" }, "milvus_lite-3.2.2")).to.have.length(1);
        expect(differences(auto, "milvus_lite-3.2.2", "not-loaded")).not.to.deep.equal([]);
        expect(differences(auto, "v2.6.18")).to.have.length(1);
    });
});

describe("how a field and an index are kept in memory, beside a program", () => {
    /** What differs where the server has `seen` of the field `text` and of the index. */
    function memory(
        declared: { field?: Partial<Field>; params?: object },
        seen: { field?: Partial<Field>; params?: object },
        version = "v2.6.18",
    ) {
        const of = (given: typeof declared) =>
            collection({
                fields: [id, vector, { ...text, ...given.field }],
                indexes: [{ ...hnsw, params: { M: 16, ...given.params } }],
            });
        const known = capabilitiesOf(version, all);
        const { differences: told, recorded: state } = compareCollection(
            of(declared),
            recorded(of(seen)),
            known,
        );
        return { told, state };
    }
    const mapped = { field: { mmap: true }, params: { "mmap.enabled": true } } as const;
    const not = { field: { mmap: false }, params: { "mmap.enabled": false } } as const;

    it("is a difference where the program says it, and recorded as the server has it", () => {
        const { told, state } = memory(mapped, not);
        expect(told).to.deep.equal([
            "text.mmap: true in the program, false on the server",
            "index vector: HNSW COSINE M 16 mmap.enabled true on vector in the program, HNSW COSINE M 16 mmap.enabled false on vector on the server",
        ]);
        const { fields, indexes } = state as { fields: Partial<Field>[]; indexes: Partial<Index>[] };
        expect(fields[2]).to.include({ name: "text", mmap: false });
        expect(indexes[0]!.params).to.include({ "mmap.enabled": false });
        expect(memory(mapped, {}).told).to.have.length(2);
        expect(memory(mapped, mapped).told).to.deep.equal([]);
    });

    it("is none where the program says nothing, or where the server does not know it", () => {
        expect(memory({}, mapped).told).to.deep.equal([]);
        expect(memory(mapped, {}, "v2.3.5").told).to.deep.equal([]);
        expect(memory(mapped, {}, "milvus_lite-3.2.2").told).to.deep.equal([]);
        expect(memory({ field: { warmup: "sync" } }, {}, "v2.6.0").told).to.deep.equal([]);
    });
});
