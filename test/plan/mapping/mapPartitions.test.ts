import { expect } from "chai";

import { field, id, text, vector } from "../arbitrary";
import { mapped, said } from "./mapped";

const keyed = { fields: [id, vector, { ...text, isPartitionKey: true }] };
const fix = "Keep it in partitions to keep its rows.";

describe("the partitions of a copy", () => {
    it("are dropped with their rows, which are counted where they can be", () => {
        const lost = (rows?: number) =>
            said({
                before: { partitions: ["a"] },
                ...(rows !== undefined && { statistics: { inPartition: { a: rows } } }),
            });
        const message = (what: string) => [`MV118 partitions: The partition a is dropped. ${what}. ${fix}`];
        expect(lost()).to.deep.equal(message("Its rows are lost"));
        expect(lost(1)).to.deep.equal(message("1 row in it is lost"));
        expect(lost(1_200)).to.deep.equal(message("1,200 rows in it are lost"));
        expect(lost(0)).to.deep.equal([]);
    });

    it("are kept where no program ever declared them", () => {
        expect(said({ observed: { partitions: ["_default", "app"] } })).to.deep.equal([
            "MV117 partitions: The partition app is not in the program. It is kept with its rows.",
        ]);
    });

    it("never lose the built-in one, even if a program named it", () => {
        const { partitions, findings } = mapped({
            before: { partitions: ["_default", "a"] },
            after: { partitions: ["a"] },
        });
        expect(partitions).to.deep.equal({ kind: "by-name", carried: ["_default", "a"], dropped: [] });
        expect(findings).to.deep.equal([]);
    });

    it("are not kept by name under a new partition key, which is said once", () => {
        const named =
            "MV119 partitions: The partition key decides the partition of each row. The named partitions are not kept.";
        expect(said({ after: keyed, observed: { partitions: ["_default", "a"] } })).to.deep.equal([named]);
        expect(said({ after: keyed, observed: { partitions: ["_default"] } })).to.deep.equal([]);
        expect(said({ after: keyed })).to.deep.equal([]);
        // The partitions of a key have names of the server's own.
        const routed = { partitions: ["_default_0", "_default_1"] };
        expect(said({ before: keyed, after: keyed, observed: routed })).to.deep.equal([]);
    });

    it("become one without the partition key", () => {
        const all = ["MV119 partitions: All rows go to the partition _default."];
        expect(said({ before: keyed })).to.deep.equal(all);
        expect(said({ before: keyed, observed: { partitions: ["_default_0"] } })).to.deep.equal(all);
        const other = field({ name: "other", dataType: "Int64" });
        expect(
            said({
                before: { fields: [...keyed.fields, other] },
                after: { fields: [id, vector, text, other] },
            }),
        ).to.deep.equal(all);
    });
});
