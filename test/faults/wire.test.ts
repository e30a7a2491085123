import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

import { expect } from "chai";

import { openWire, type Wire } from "../support/faults/wire";

describe("a wire that can fail", () => {
    let echo: Server;
    let wire: Wire;
    let clients: Socket[];
    /** What the server heard on each connection, when that is closed. */
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
    /** What comes back, until so many bytes are there. */
    const receive = (client: Socket, bytes: number) =>
        new Promise<string>((received) => {
            let text = "";
            client.on("data", (chunk: Buffer) => {
                text += chunk.toString();
                if (text.length >= bytes) received(text);
            });
        });
    /** All that comes back until the connection is gone. */
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
    /** A connection past the wire takes its whole way meanwhile. */
    const askPast = async (text: string) => {
        const direct = connect((echo.address() as AddressInfo).port, "127.0.0.1");
        clients.push(direct);
        return ask(direct, text);
    };

    it("lets everything through, the end of a connection too", async () => {
        const client = await dial();
        const all = receiveAll(client);
        client.end("x".repeat(1_000_000));
        expect(await all).to.have.length(1_000_000);
    });

    it("cuts what is open, and lets the next one through", async () => {
        const client = await dial();
        await ask(client, "hello");
        const gone = receiveAll(client);
        wire.cut();
        expect(await gone).to.equal("");
        expect(await ask(await dial(), "again")).to.equal("again");
    });

    it("tells when so many bytes have gone to the server", async () => {
        const client = await dial();
        let reached = false;
        const moment = wire.afterSending(6).then(() => (reached = true));
        await ask(client, "hello");
        expect(reached).to.equal(false);
        client.write("!");
        await moment;
    });

    for (const direction of ["up", "down"] as const)
        it(`cuts after exactly so many bytes ${direction}, once`, async () => {
            const client = await dial();
            await ask(client, "hello");
            wire.cutAfter(direction, 7);
            const all = receiveAll(client);
            client.write("0123456789");
            const [answer, request] = await Promise.all([all, heard[0]]);
            expect(direction === "down" ? answer : request).to.match(/^(hello)?0123456$/);
            expect(await ask(await dial(), "0123456789")).to.equal("0123456789");
        });

    it("refuses like a port that nobody listens on, and takes calls again on the same port", async () => {
        const client = await dial();
        const gone = receiveAll(client);
        await wire.refuse();
        await gone;
        const refused = await dial().catch((error: unknown) => (error as NodeJS.ErrnoException).code);
        expect(refused).to.equal("ECONNREFUSED");
        await wire.resume();
        expect(await ask(await dial(), "again")).to.equal("again");
    });

    it("stalls half open: accepts, answers nothing, and delivers all of it in order when it goes on", async () => {
        const old = await dial();
        await ask(old, "hello");
        wire.stall();
        const fresh = await dial();
        const answers = [receive(old, 6), receive(fresh, 5)];
        let came = false;
        void Promise.race(answers).then(() => (came = true));
        old.write("one");
        old.write("two");
        fresh.write("three");
        await askPast("direct");
        expect(came).to.equal(false);
        await wire.resume();
        expect(await Promise.all(answers)).to.deep.equal(["onetwo", "three"]);
    });

    it("delays what comes through, keeps its order, and lets it go when the delay ends", async () => {
        const client = await dial();
        wire.delay(10);
        const answer = receive(client, 6);
        client.write("one");
        client.write("two");
        expect(await answer).to.equal("onetwo");

        wire.delay(3_600_000);
        let came = false;
        const late = ask(client, "three").then((text) => {
            came = true;
            return text;
        });
        await askPast("direct");
        expect(came).to.equal(false);
        await wire.resume();
        expect(await late).to.equal("three");
    });
});
