import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { expect } from "chai";

import { fromStruct } from "../../provider/native/answers";
import { secretValue } from "../../provider/native/wireValues";
import { failure } from "../fake/failure";
import { open } from "../fake/open";
import { Plugin, urnOf } from "./plugin";

const docs = urnOf("Collection", "docs");
const fields = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
];

/** What the engine reads of the status of a failed call: undefined where nothing is to be recorded. */
function recordedBy(error: Error) {
    const [bytes] = (error as ServiceError).metadata.get("grpc-status-details-bin");
    if (bytes === undefined) return undefined;
    const [detail] = Status.deserializeBinary(Buffer.from(bytes)).getDetailsList();
    expect(detail!.getTypeName()).to.equal("pulumirpc.ErrorResourceInitFailed");
    const failed = ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
    return {
        id: failed.getId(),
        properties: fromStruct(failed.getProperties()),
        reasons: failed.getReasonsList(),
    };
}

describe("a call that leaves a resource half done", () => {
    let plugin: Plugin;
    async function start() {
        const { fake } = await open("2.6.18", { pending: 0 });
        plugin = await Plugin.start();
        await plugin.configure({ address: fake.address });
        return fake;
    }
    afterEach(() => plugin.stop());

    it("hands over a new collection as it is, its secrets as secrets, and completes it with an update", async () => {
        const fake = await start();
        const description = secretValue("of the search team");
        const { inputs } = await plugin.check(docs, { fields, description });
        fake.failNext("LoadCollection", { code: 65535, reason: "no memory is left" });
        const error = await failure(plugin.create(docs, inputs));
        expect(error.message).to.include("no memory is left");
        const { id, properties, reasons } = recordedBy(error)!;
        const [made] = fake.collections();
        expect(id).to.equal(made!.name);
        expect(properties).to.include({ collectionName: id, __owner: "shop/prod/docs", load: false });
        expect(properties).to.have.deep.property("description", description);
        expect(reasons[0]).to.include("no memory is left");

        const outs = await plugin.update(docs, id, properties, inputs);
        expect(outs).to.include({ collectionName: id });
        expect(fake.collections()[0]!.properties.get("pulumi.state")).to.equal("live");
        const again = await plugin.diff(docs, id, outs, inputs);
        expect(again.detaileddiffMap).to.deep.equal([]);
    });

    it("hands over nothing where nothing is left", async () => {
        const fake = await start();
        const { inputs } = await plugin.check(docs, { fields });
        fake.failNext("CreateCollection", { code: 65535, reason: "no memory is left" });
        expect(recordedBy(await failure(plugin.create(docs, inputs)))).to.equal(undefined);
        expect(fake.collections()).to.deep.equal([]);
    });

    it("hands over a changed collection as it is", async () => {
        const fake = await start();
        const indexed = (metricType: string) => ({
            fields,
            indexes: [{ field: "vector", indexType: "FLAT", metricType }],
        });
        const { inputs } = await plugin.check(docs, indexed("L2"));
        const { id, outs } = await plugin.create(docs, inputs);
        const changed = await plugin.check(docs, indexed("IP"), inputs);
        // The new index, and the former one that is put back.
        for (let call = 0; call < 2; call++)
            fake.failNext("CreateIndex", { code: 65535, reason: "no memory is left" });
        const error = await failure(plugin.update(docs, id, outs, changed.inputs));
        const recorded = recordedBy(error)!;
        expect(recorded).to.include({ id });
        const done = await plugin.update(docs, id, recorded.properties, changed.inputs);
        expect(done).to.include({ collectionName: id });
        expect(fake.collections()[0]!.indexes).to.have.length(1);
    });
});
