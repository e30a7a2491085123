import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import type { WireProps } from "../../provider/native/wireValues";
import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { Plugin } from "../native/plugin";
import type { FieldArguments } from "../support/data/field";
import { insertRows } from "../support/data/rows";
import { onServers } from "../support/servers/onServers";

const fields: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength: 64 },
];

onServers("look-ups", {}, (server) => {
    it("tell of a collection that is there, of its aliases and of its server", async () => {
        const name = `look${process.pid}`;
        const { address, token, features } = server();
        const urn = `urn:pulumi:prod::shop::milvus:index:Collection::${name}`;
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const plugin = await Plugin.start();
        const invoke = async (asked: string, args: WireProps = {}) => {
            const request = new proto.InvokeRequest().setTok(`milvus:index:${asked}`).setArgs(toStruct(args));
            const answer = await plugin.call<proto.InvokeResponse>("invoke", request);
            return answer.getReturn()!.toJavaScript() as WireProps;
        };
        try {
            await plugin.configure({ address, ...(token !== undefined && { token }) });
            const { inputs } = await plugin.check(urn, { name, fields });
            const { id, outs } = await plugin.create(urn, inputs);
            await insertRows({ client, collection: name, fields, keys: ["1", "2", "3"] });
            const alias = { database: undefined, alias: `${name}_live` };
            if (features.has("aliases")) await createAlias(client, alias, name);
            const found = await invoke("getCollection", {
                name: features.has("aliases") ? alias.alias : name,
            });
            expect(found).to.deep.include({
                collectionName: name,
                database: "default",
                fields,
                loadState: "loaded",
                rowCount: 3,
                isRowCountExact: true,
                aliases: features.has("aliases") ? [alias.alias] : [],
                owner: `shop/prod/${name}`,
            });
            expect((await invoke("getCollections"))["names"]).to.include(name);
            const told = await invoke("getServer");
            expect(told).to.include({ address });
            if (features.has("aliases")) {
                expect(told["capabilities"]).to.include("aliases");
                expect((await invoke("getAlias", { name: alias.alias }))["collection"]).to.equal(name);
                await dropAlias(client, alias);
            }
            await plugin.remove(urn, id, outs);
            expect((await invoke("getCollections"))["names"]).to.not.include(name);
        } finally {
            client.close();
            plugin.stop();
        }
    });
});
