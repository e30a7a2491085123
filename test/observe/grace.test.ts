import { expect } from "chai";

import type { MilvusClient } from "../../provider/milvus/transport/client";
import { MilvusError } from "../../provider/milvus/transport/errors";
import { graceOf } from "../../provider/observe/grace";

const milvus = { lite: false };

/** The client of a server whose nodes answer with these deploy modes. */
function clientOf(nodes: { type: string; mode: string }[] | Error) {
    const asked: string[] = [];
    const client = {
        once: <T>(_what: string, ask: () => Promise<T>) => ask(),
        call: (method: string) => {
            asked.push(method);
            if (nodes instanceof Error) return Promise.reject(nodes);
            const infos = nodes.map(({ type, mode }) => ({
                infos: { type, system_info: { deploy_mode: mode } },
            }));
            return Promise.resolve({ response: JSON.stringify({ nodes_info: infos }) });
        },
    } as unknown as MilvusClient;
    return { client, asked };
}

describe("the grace of an old collection", () => {
    it("is what the program says, and no server is asked", async () => {
        const { client, asked } = clientOf([{ type: "proxy", mode: "STANDALONE" }]);
        expect(await graceOf({ client, capabilities: milvus }, 0)).to.equal(0);
        expect(asked).to.deep.equal([]);
    });

    it("is 2 s where one process is the whole server", async () => {
        const { client } = clientOf([
            { type: "rootcoord", mode: "STANDALONE" },
            { type: "proxy", mode: "STANDALONE" },
        ]);
        expect(await graceOf({ client, capabilities: milvus }, undefined)).to.equal(2);
    });

    it("is 2 s on milvus-lite, which is not asked", async () => {
        const { client, asked } = clientOf(new Error("not to be called"));
        expect(await graceOf({ client, capabilities: { lite: true } }, undefined)).to.equal(2);
        expect(asked).to.deep.equal([]);
    });

    it("is 10 s in a cluster, whose proxies learn of a switch one by one", async () => {
        const { client } = clientOf([{ type: "proxy", mode: "DISTRIBUTED" }]);
        expect(await graceOf({ client, capabilities: milvus }, undefined)).to.equal(10);
    });

    for (const kind of ["unsupported", "forbidden", "rejected"] as const)
        it(`is 10 s where the question is ${kind}`, async () => {
            const { client } = clientOf(new MilvusError(kind, "no"));
            expect(await graceOf({ client, capabilities: milvus }, undefined)).to.equal(10);
        });

    it("fails where the server cannot be reached", async () => {
        const { client } = clientOf(new MilvusError("unreachable", "gone"));
        const failure: unknown = await graceOf({ client, capabilities: milvus }, undefined).catch(
            (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(MilvusError);
    });
});
