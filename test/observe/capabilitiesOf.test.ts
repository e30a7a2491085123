import { expect } from "chai";

import { type Calls, calls, capabilitiesOf } from "../../provider/observe/capabilitiesOf";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const none = Object.fromEntries(Object.keys(calls).map((name) => [name, false])) as Calls;

describe("the capabilities of a server", () => {
    it("need both the call and the version", () => {
        const since: [keyof ReturnType<typeof capabilitiesOf>, string, string][] = [
            ["alterMaxLength", "v2.5.1", "v2.5.2"],
            ["deleteProperties", "v2.4.17", "v2.4.18"],
            ["alterMaxCapacity", "v2.5.10", "v2.5.11"],
            ["alterDescription", "v2.5.11", "v2.5.12"],
            ["addField", "v2.5.27", "v2.6.0"],
            ["enableDynamicField", "v2.6.5", "v2.6.6"],
            ["alterFieldDescription", "v2.6.9", "v2.6.10"],
            ["fillsDefaults", "v2.6.5", "v2.6.6"],
            ["fillsDefaults", "v3.0.0", "v3.0.1"],
            ["dropsScalarIndexLoaded", "v2.6.1", "v2.6.2"],
            ["changesReplicasLoaded", "v2.4.12", "v2.4.13"],
            ["renameLosesMetadata", "v2.5.13", "v2.5.14"],
            ["renameLosesMetadata", "v2.5.15", "v2.5.14"],
            ["addVector", "v2.6.17", "v2.6.18"],
            ["addStruct", "v2.6.18", "v3.0.0"],
            ["alterSchema", "v2.6.18", "v3.0.0"],
        ];
        for (const [capability, before, from] of since) {
            expect(capabilitiesOf(before, all)[capability], `${capability} ${before}`).to.equal(false);
            expect(capabilitiesOf(from, all)[capability], `${capability} ${from}`).to.equal(true);
        }
        for (const capability of ["addField", "addStruct", "alterMaxLength", "alterSchema"] as const)
            expect(capabilitiesOf("v3.0.0", none)[capability], capability).to.equal(false);
    });

    it("tell what a dynamic key with a field's name does in each release", () => {
        const of = (text: string) => capabilitiesOf(text, all).dynamicKeyCollisions;
        expect(["v2.3.5", "v2.4.17"].map(of)).to.deep.equal(["stay", "stay"]);
        expect(["v2.4.18", "v2.5.0", "v3.0.0"].map(of)).to.deep.equal(["refused", "refused", "refused"]);
    });

    it("include the consistency level in two release lines, each since its own version", () => {
        const able = (text: string) => capabilitiesOf(text, all).alterConsistency;
        expect(["v2.4.22", "v2.5.0", "v2.5.4"].map(able)).to.deep.equal([false, false, false]);
        expect(["v2.4.23", "v2.5.5", "v2.6.0"].map(able)).to.deep.equal([true, true, true]);
    });

    it("distinguish milvus-lite from a Milvus installed from PyPI", () => {
        expect(capabilitiesOf("v2.3.5-lite", all)).to.deep.include({ server: "milvus 2.3.5", lite: false });
        expect(capabilitiesOf("milvus_lite-3.2.2", all)).to.deep.include({
            server: "milvus-lite 3.2.2",
            lite: true,
            enableDynamicField: false,
            upsertMerges: true,
            insertAutoId: true,
        });
        expect(capabilitiesOf(undefined, none)).to.deep.include({
            server: "milvus-lite before 3",
            version: undefined,
        });
    });

    it("are those of the first release for a hosted Milvus that reports only its line", () => {
        const hosted = capabilitiesOf("Zilliz Cloud. Compatible with Milvus 2.6", all);
        expect(hosted).to.deep.include({ version: [2, 6, 0], addField: true, enableDynamicField: false });
    });
});
