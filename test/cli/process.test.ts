import { spawn } from "node:child_process";
import { join } from "node:path";

import { expect } from "chai";

import { checkpointProperty, firstCheckpoint } from "../../provider/migration/properties/checkpoint";
import { markedSite } from "../support/cli/marked";

const main = join(__dirname, "../../cli/main.ts");

/** The command in a process of its own, with pipes for its output, as a pipeline runs it. */
function started(address: string, ...argv: string[]) {
    const env = { ...process.env, MILVUS_ADDRESS: address, CI: "true" };
    const child = spawn(process.execPath, ["--import", "tsx", main, ...argv], { env });
    const said = { out: "", err: "" };
    child.stdout.on("data", (text: Buffer) => (said.out += text.toString()));
    child.stderr.on("data", (text: Buffer) => (said.err += text.toString()));
    const ended = new Promise<number | null>((done) => child.on("close", done));
    return { child, said, ended };
}

describe("the process of the command", () => {
    it("ends with a code, and without a trace, where no server answers", async () => {
        const { said, ended } = started("localhost:1", "status", "--timeout", "60");
        expect(await ended).to.equal(1);
        expect(said.out).to.equal("");
        expect(said.err).to.match(/^error: localhost:1: .*\[MV201\]\n  see: .+#mv201\n$/);
    });

    it("prints all it has to say before it ends", async () => {
        const { fake, make } = await markedSite();
        for (let one = 0; one < 30; one++) await make(`docs_${String(one).padStart(7, "0")}`, { marker: {} });
        const { said, ended } = started(fake.address, "status", "--json");
        expect(await ended).to.equal(0);
        const { result } = JSON.parse(said.out) as { result: { owners: { collections: string[] }[] } };
        expect(result.owners[0]!.collections).to.have.length(30);
    });

    it("ends what it follows at Ctrl-C", async () => {
        const { fake, make } = await markedSite();
        await make("docs_1111111", { marker: {} });
        await make("docs_2222222", {
            marker: { from: "1111111", state: "building" },
            properties: checkpointProperty(firstCheckpoint("plan", [undefined])),
        });
        const { child, said, ended } = started(fake.address, "status", "--watch");
        await new Promise<void>((shown) => child.stdout.once("data", () => shown()));
        child.kill("SIGINT");
        expect(await ended).to.equal(0);
        expect(said.out).to.include("Migrations").and.include("docs_2222222");
    });
});
