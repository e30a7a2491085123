import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

import { expect } from "chai";

import { openWire, type Wire } from "../support/faults/wire";

describe("a failing wire", () => {
    let echo: Server;
    let wire: Wire;
    let clients: Socket[];
    /** The bytes that the server received on each connection, once it is closed. */
    let heard: Promise<string>[];

    beforeEach(async () => {
        clients = [];
        heard = [];
        echo = createServer((socket) => {
            let text = "";
            socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
            heard.push(new Promise((closed) => socket.on("close", () => closed(text))));
            socket.on("error", () => undefined).pipe(socket);
        });
        await new Promise<void>((listening) => echo.listen(0, "127.0.0.1", listening));
        wire = await openWire(`127.0.0.1:${(echo.address() as AddressInfo).port}`);
    });
    afterEach(async () => {
        clients.forEach((client) => client.destroy());
        await wire.close();
        await new Promise((closed) => echo.close(closed));
    });

    const dial = async (): Promise<Socket> => {
        const client = connect(Number(wire.address.split(":")[1]), "127.0.0.1");
        clients.push(client);
        await once(client, "connect");
        client.on("error", () => undefined);
        return client;
    };
    /** The first `bytes` bytes that come back. */
    const receive = (client: Socket, bytes: number) =>
        new Promise<string>((received) => {
            let text = "";
            client.on("data", (chunk: Buffer) => {
                text += chunk.toString();
                if (text.length >= bytes) received(text);
            });
        });
    /** Everything that comes back until the connection is closed. */
    const receiveAll = (client: Socket) =>
        new Promise<string>((received) => {
            let text = "";
            client.on("data", (chunk: Buffer) => (text += chunk.toString()));
            client.on("close", () => received(text));
        });
    const ask = async (client: Socket, text: string) => {
        const answer = receive(client, text.length);
        client.write(text);
        return answer;
    };
    /** Makes a round trip past the wire, so that bytes through it had time to arrive. */
    const askPast = async (text: string) => {
        const direct = connect((echo.address() as AddressInfo).port, "127.0.0.1");
        clients.push(direct);
        return ask(direct, text);
    };

    it("forwards everything, including the end of a connection", async () => {
        const client = await dial();
        const all = receiveAll(client);
        client.end("x".repeat(1_000_000));
        expect(await all).to.have.length(1_000_000);
    });

    it("cuts open connections, and forwards the next one", async () => {
        const client = await dial();
        await ask(client, "hello");
        const gone = receiveAll(client);
        wire.cut();
        expect(await gone).to.equal("");
        expect(await ask(await dial(), "again")).to.equal("again");
    });

    it("reports when a number of bytes has been sent to the server", async () => {
        const client = await dial();
        let reached = false;
        const moment = wire.afterSending(6).then(() => (reached = true));
        await ask(client, "hello");
        expect(reached).to.equal(false);
        client.write("!");
        await moment;
    });

    for (const direction of ["up", "down"] as const)
        it(`cuts once after an exact number of bytes ${direction}`, async () => {
            const client = await dial();
            await ask(client, "hello");
            wire.cutAfter(direction, 7);
            const all = receiveAll(client);
            client.write("0123456789");
            const [answer, request] = await Promise.all([all, heard[0]]);
            expect(direction === "down" ? answer : request).to.match(/^(hello)?0123456$/);
            expect(await ask(await dial(), "0123456789")).to.equal("0123456789");
        });

    it("refuses connections like a closed port, and accepts them again on the same port", async () => {
        const client = await dial();
        const gone = receiveAll(client);
        await wire.refuse();
        await gone;
        const refused = await dial().catch((error: unknown) => (error as NodeJS.ErrnoException).code);
        expect(refused).to.equal("ECONNREFUSED");
        await wire.resume();
        expect(await ask(await dial(), "again")).to.equal("again");
    });

    it("stalls half open: accepts connections, answers nothing, and delivers everything in order on resume", async () => {
        const old = await dial();
        await ask(old, "hello");
        wire.stall();
        const fresh = await dial();
        const answers = [receive(old, 6), receive(fresh, 5)];
        let arrived = false;
        void Promise.race(answers).then(() => (arrived = true));
        old.write("one");
        old.write("two");
        fresh.write("three");
        await askPast("direct");
        expect(arrived).to.equal(false);
        await wire.resume();
        expect(await Promise.all(answers)).to.deep.equal(["onetwo", "three"]);
    });

    it("delays bytes, keeps their order, and delivers them when the delay ends", async () => {
        const client = await dial();
        wire.delay(10);
        const answer = receive(client, 6);
        client.write("one");
        client.write("two");
        expect(await answer).to.equal("onetwo");

        wire.delay(3_600_000);
        let arrived = false;
        const late = ask(client, "three").then((text) => {
            arrived = true;
            return text;
        });
        await askPast("direct");
        expect(arrived).to.equal(false);
        await wire.resume();
        expect(await late).to.equal("three");
    });
});
