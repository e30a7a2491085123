import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { dropCollection } from "../../provider/milvus/collection/collections";
import { createIndex } from "../../provider/milvus/collection/indexes";
import { flush } from "../../provider/milvus/rows/rows";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { both, create, insert, ref } from "../fake/open";
import { runCommand } from "../support/cli/testIo";
import type { FieldArguments } from "../support/data/field";
import { ServerUnavailable } from "../support/servers";
import { onServers } from "../support/servers/onServers";
import { startLocal } from "../support/servers/startLocal";

const title: FieldArguments = { name: "title", dataType: "VarChar", maxLength: 32 };
const index = { field: "vector", name: "vector", indexType: "FLAT", metricType: "L2", params: {} };
const count = 700;

// The other server is one of this test alone: a lane of the whole suite has either of the two.
onServers("`verify` between two servers", { servers: ["milvus-lite-2.5.1"], fast: [] }, (running) => {
    it("ends with 0 where their rows are equal, and names the keys where they are not", async function () {
        this.timeout(5 * 60_000);
        const other = await startLocal("milvus-lite-3.2.2").catch((error: unknown) => {
            if (error instanceof ServerUnavailable) return undefined;
            throw error;
        });
        if (!other) return this.skip();
        const name = `two${process.pid}`;
        const addresses = [running().address, other.address] as const;
        const clients = await Promise.all(
            addresses.map((address) => MilvusClient.connect(Connection.parse({ address }))),
        );
        const verify = (...more: string[]) =>
            runCommand(["verify", name, name, "--target-address", addresses[1], ...more], {
                environment: { MILVUS_ADDRESS: addresses[0] },
            });
        const put = async (client: MilvusClient, keys: number[], text: (key: number) => string) => {
            const values = { id: keys, title: keys.map(text) };
            await insert(client, name, { fields: both([title]) }, values);
            await flush(client, ref(name));
        };
        const keys = Array.from({ length: count }, (_, key) => key);
        try {
            for (const client of clients) {
                await create(client, name, { fields: both([title]) });
                await put(client, keys, (key) => `page ${key}`);
                await createIndex(client, ref(name), index);
            }
            const equal = await verify("--json");
            expect(equal.code, equal.out + equal.err).to.equal(0);
            expect(equal.json().at(-1)!.result).to.deep.include({
                rows: { source: count, target: count },
                isEqual: true,
                notCompared: [],
            });

            const [source, target] = clients as [MilvusClient, MilvusClient];
            await target.call("Delete", { collection_name: name, expr: "id in [3, 5]" });
            await put(target, [5], () => "another page");
            await put(source, [count], () => "late");
            const unequal = await verify();
            expect(unequal.code).to.equal(1);
            expect(unequal.err).to.match(
                /2 missing \(3, 700\); 1 different \(5\) \[MV526\]\n  see: .+#mv526\n$/,
            );
            const lines = (await verify("--json")).json();
            expect(lines.at(-2)!.event).to.deep.include({ kind: "compared", isEqual: false });
            expect(lines.at(-1)).to.include({ type: "error", code: "MV526" });
            expect((await verify("--count")).code).to.equal(1);
            await target.call("Delete", { collection_name: name, expr: "id in [5]" });
            await put(target, [3, 5, count], (key) => (key === count ? "late" : `page ${key}`));
            expect((await verify("--count")).code).to.equal(0);
            expect((await verify()).code).to.equal(0);
        } finally {
            for (const client of clients) {
                await dropCollection(client, ref(name)).catch(() => undefined);
                client.close();
            }
            await other.dispose();
        }
    });
});
