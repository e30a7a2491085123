import { createServer, type AddressInfo, type Server as Listener } from "node:net";

import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { before } from "../support/data/exampleCollection";

const secret = "a-secret-nobody-may-see";

onStacks(
    "a server that cannot be used",
    { servers: ["milvus-lite-3.2.2", "external"], cli: ["milvus-lite-3.2.2", "external"], fastTests: 1 },
    (open) => {
        /** The output of a stack with a collection there; a call that hangs runs into the time limit of the test. */
        const fails = async (site: Site, ...said: (string | RegExp)[]) => {
            await site.declare({ collections: { [`${site.prefix}docs`]: before } });
            const failure = expectFailure(await site.stack.up(), ...said);
            expect(failure).to.not.include(secret);
            expect(JSON.stringify(await site.state())).to.not.include(secret);
        };

        it("because nothing listens there", async () => {
            await fails(
                await open({ config: { address: "127.0.0.1:1" } }),
                "127.0.0.1:1: no Milvus answers there",
                "[MV201]",
            );
        });

        it("because there is no such host", async () => {
            const config = { address: "milvus.invalid:19530" };
            await fails(await open({ config }), "milvus.invalid:19530: no Milvus answers there", "[MV201]");
        });

        it("because it accepts the connection and never answers", async () => {
            const { address, close } = await listen(createServer(() => undefined));
            try {
                await fails(
                    await open({ config: { address, timeout: "2" } }),
                    "did not answer within 2 s",
                    "[MV202]",
                );
            } finally {
                close();
            }
        });

        it("because it speaks another protocol", async () => {
            const web = createServer((socket) =>
                socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"),
            );
            const { address, close } = await listen(web);
            try {
                await fails(await open({ config: { address, timeout: "5" } }), address, /\[MV20[126]\]/);
            } finally {
                close();
            }
        });

        it("because the token is wrong", async () => {
            const { address, close } = await refusing(
                status.UNAUTHENTICATED,
                "auth check failure, please check username and password are correct",
            );
            try {
                const config = { address, token: secret };
                await fails(
                    await open({ config, secrets: ["token"] }),
                    "token or password rejected",
                    "[MV203]",
                );
            } finally {
                close();
            }
        });

        it("because it speaks no TLS", async () => {
            const site = await open();
            await site.stack.setConfig("milvus:ssl", "true");
            await fails(site, site.server.address, "[MV205]");
        });

        it("because the configuration is not valid", async () => {
            const config = {
                address: "127.0.0.1:1",
                token: secret,
                username: "root",
                password: secret,
                timeout: "soon",
            };
            await fails(await open({ config, secrets: ["token", "password"] }), "milvus:timeout", "[MV316]");
        });
    },
);

onStacks(
    "a credential",
    { servers: ["milvus-lite-3.2.2", "external"], cli: ["milvus-lite-3.2.2", "external"] },
    (open) => {
        it("that the program writes in plain text is in no output and no state", async () => {
            const site = await open({
                config: { address: "127.0.0.1:1", token: secret },
                secrets: ["token"],
            });
            const connection = { address: site.server.address, username: "root", password: secret };
            const name = `${site.prefix}docs`;
            await site.declare({ collections: { [name]: { ...before, connection } } });
            const told = [await site.stack.preview(), await site.stack.up()];
            await site.declare({ collections: { [name]: { ...before, description: "new", connection } } });
            told.push(await site.stack.preview(), await site.stack.refresh());
            expect(JSON.stringify(await site.state())).to.not.include(secret);
            told.push(await site.stack.destroy());
            for (const result of told) expect(expectOk(result).output).to.not.include(secret);
        });
    },
);

async function listen(listener: Listener): Promise<{ address: string; close: () => void }> {
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
    const { port } = listener.address() as AddressInfo;
    return { address: `127.0.0.1:${port}`, close: () => void listener.close() };
}

/** A server that refuses every call. */
async function refusing(code: status, details: string): Promise<{ address: string; close: () => void }> {
    const server = new Server({ "grpc.max_receive_message_length": -1 });
    server.register(
        "/milvus.proto.milvus.MilvusService/Connect",
        (_call: unknown, done: (error: object) => void) => done({ code, details }),
        () => Buffer.alloc(0),
        (bytes: Buffer) => bytes,
        "unary",
    );
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
