import { spawn } from "node:child_process";
import { once } from "node:events";

import { expect } from "chai";

import { type ProcessInfo, runOf } from "../../../provider/resource/session/run";

const argv = (...args: string[]) => ["/usr/bin/node", "dynamic-provider", ...args];
const processes: Record<number, ProcessInfo> = {
    10: { command: "sh", parent: 1, started: "200" },
    11: { command: "/bin/sh", parent: 1, started: "201" },
    12: { command: "pulumi-language", parent: 1, started: "202" },
    13: { command: "/usr/local/bin/pulumi-language-nodejs", parent: 10, started: "203" },
    1: { command: "pulumi", parent: 0, started: "100" },
    2: { command: "pulumi", parent: 0, started: "150" },
};
const look = (pid: number) => processes[pid];

describe("the run that a provider process belongs to", () => {
    it("is the same for all processes of one engine, whatever shell started them", () => {
        const run = runOf(argv("127.0.0.1:4000"), 1, look);
        expect(runOf(argv("--logtostderr", "127.0.0.1:4000"), 10, look)).to.equal(run);
        expect(runOf(argv("127.0.0.1:4000"), 11, look)).to.equal(run);
    });

    it("is the same where a language host started a plugin from its source", () => {
        const run = runOf(argv("127.0.0.1:4000"), 1, look);
        for (const host of [12, 13]) expect(runOf(argv("127.0.0.1:4000"), host, look)).to.equal(run);
    });

    it("is another one for another engine, though its port comes again", () => {
        const run = runOf(argv("127.0.0.1:4000"), 1, look);
        expect(runOf(argv("127.0.0.1:4001"), 1, look)).to.not.equal(run);
        expect(runOf(argv("127.0.0.1:4000"), 2, look)).to.not.equal(run);
    });

    it("is one by itself where no engine started the process", () => {
        expect(runOf(argv(), 1, look)).to.not.equal(runOf(argv(), 1, look));
    });

    it("goes by the address alone where the system does not tell of processes", () => {
        const unknown = () => undefined;
        expect(runOf(argv("127.0.0.1:4000"), 1, unknown)).to.equal(runOf(argv("127.0.0.1:4000"), 2, unknown));
    });

    it("is read from this system", async function () {
        if (process.platform === "win32") return this.skip();
        const child = spawn("sleep", ["60"]);
        await once(child, "spawn");
        try {
            const run = runOf(argv("127.0.0.1:4000"), child.pid);
            expect(run).to.match(new RegExp(`^127\\.0\\.0\\.1:4000 ${child.pid} \\S`));
            expect(runOf(argv("127.0.0.1:4000"), child.pid)).to.equal(run);
        } finally {
            child.kill();
        }
    });
});
