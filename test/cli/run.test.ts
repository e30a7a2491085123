import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { runCommand } from "../support/cli/testIo";

const nobody = { environment: { MILVUS_ADDRESS: "localhost:1" } };

describe("the command line", () => {
    it("prints the version", async () => {
        expect(await runCommand(["--version"])).to.include({ code: 0, out: "1.2.3\n", err: "" });
    });

    it("prints the help of a command with examples", async () => {
        const { code, out } = await runCommand(["doctor", "--help"]);
        expect(code).to.equal(0);
        expect(out).to.match(/Examples:\n {2}# .+\n {2}pulumi-milvus doctor/);
        expect(out).to.include("Connection options:").and.include("Output options:");
    });

    it("names a misspelt option and what it may mean", async () => {
        const { code, out, err } = await runCommand(["doctor", "--adress", "localhost"]);
        expect({ code, out }).to.deep.equal({ code: 1, out: "" });
        expect(err).to.match(
            /^error: unknown option '--adress' \(Did you mean --address\?\).*\[MV500\]\n  see: .+#mv500\n$/,
        );
    });

    it("names a misspelt command, and asks for one that is missing", async () => {
        expect((await runCommand(["docter"])).err).to.match(/unknown command 'docter'.*doctor.*\[MV500\]/);
        expect((await runCommand([])).code).to.equal(1);
    });

    it("names the options of the command where the core names settings of the stack, without a trace", async () => {
        const { code, out, err } = await runCommand(["doctor"], nobody);
        expect({ code, out }).to.deep.equal({ code: 1, out: "" });
        expect(err).to.match(
            /^error: localhost:1: no Milvus answers there.* --address .*\[MV201\]\n  see: .+#mv201\n$/,
        );
        expect(err).to.not.match(/milvus:address|^ {4}at /m);
    });

    it("prints an error as an object for scripts", async () => {
        const { code, json, err } = await runCommand(["doctor", "--json"], nobody);
        expect({ code, err }).to.deep.equal({ code: 1, err: "" });
        expect(json()).to.have.length(1);
        expect(json()[0]).to.include({ type: "error", command: "doctor", code: "MV201" });
        expect(json()[0]!.url).to.match(/\/findings#mv201$/);
        const [misspelt] = (await runCommand(["doctor", "--jsn", "--json"])).json();
        expect(misspelt).to.include({ type: "error", code: "MV500" });
    });

    it("refuses settings that the provider refuses", async () => {
        const { err } = await runCommand(["doctor", "--address", "user@host"]);
        expect(err).to.match(/^error: --address: .*\[MV316\]\n(  see: .+\n)*  see: .+#mv316\n$/);
    });

    it("says that a server is no Milvus, and what to set", async () => {
        const proxy = createServer();
        const head = { ":status": 200, "content-type": "application/grpc", "grpc-status": "12" };
        proxy.on("stream", (stream) => stream.respond(head, { endStream: true }));
        await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
        try {
            const { port } = proxy.address() as AddressInfo;
            const { code, err } = await runCommand(["status", "--address", `127.0.0.1:${port}`]);
            expect(code).to.equal(1);
            expect(err).to.match(/^error: .*is no Milvus.*Set --address .*\[MV360\]\n  see: .+#mv360\n$/);
        } finally {
            proxy.close();
        }
    });
});
