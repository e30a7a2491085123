import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { merged } from "../../../cli/connection/settingsOf";
import { readStack } from "../../../cli/connection/stack";
import { runCommand, testIo } from "../../support/cli/testIo";
import { useTemporaryFolder } from "../../support/temporaryFolder";

const state = {
    deployment: {
        resources: [
            { urn: "urn:pulumi:prod::search::pulumi:pulumi:Stack::search-prod", type: "pulumi:pulumi:Stack" },
            {
                urn: "urn:pulumi:prod::search::milvus:index:Collection::docs",
                type: "milvus:index:Collection",
                outputs: { collectionName: "docs_3fa9c1d" },
            },
            {
                urn: "urn:pulumi:prod::search::milvus:index:Collection::elsewhere",
                type: "milvus:index:Collection",
                outputs: { collectionName: "elsewhere_1111111", connection: { address: "b:1" } },
            },
        ],
    },
};
const config = {
    "milvus:address": { value: "stack:1", secret: false },
    "milvus:token": { value: "t0p", secret: true },
    "other:name": { value: "x", secret: false },
};

describe("--stack", () => {
    const temporary = useTemporaryFolder();

    /** A `pulumi` that answers as the real one does. */
    function withPulumi(script: string): Record<string, string> {
        const file = join(temporary(), "pulumi");
        writeFileSync(file, `#!/bin/sh\n${script}`);
        chmodSync(file, 0o755);
        return { PATH: `${temporary()}:${process.env["PATH"]}` };
    }

    const answering = () =>
        withPulumi(
            `echo "$@" >> ${join(temporary(), "calls")}\n` +
                `case "$1" in config) echo '${JSON.stringify(config)}';; *) echo '${JSON.stringify(state)}';; esac`,
        );

    it("reads configuration and state of a stack", async () => {
        const io = testIo({ environment: answering(), folder: temporary() });
        const stack = await readStack(io, { stack: "prod", cwd: "infra" });
        expect([...stack!.settings]).to.deep.equal([
            ["milvus:address", "stack:1"],
            ["milvus:token", "t0p"],
        ]);
        expect(stack).to.deep.include({
            owner: "search/prod",
            collections: [{ name: "docs_3fa9c1d", database: undefined }],
        });
        expect(await readStack(io, {})).to.equal(undefined);
    });

    it("goes behind the options and before the environment, and who calls is one setting", async () => {
        const stack = new Map([
            ["milvus:address", "stack:1"],
            ["milvus:token", "t0p"],
        ]);
        expect([...merged(new Map([["milvus:username", "me"]]), stack)]).to.deep.equal([
            ["milvus:address", "stack:1"],
            ["milvus:username", "me"],
        ]);
        const environment = { ...answering(), MILVUS_ADDRESS: "localhost:2" };
        const { err } = await runCommand(["doctor", "--stack", "--address", "localhost:1"], { environment });
        expect(err).to.match(/^error: localhost:1: /);
        const ofStack = await runCommand(["doctor", "--timeout", "1", "--stack"], { environment });
        expect(ofStack.err)
            .to.match(/^error: .*stack:1.*\[MV20[12]\]\n  see: .+#mv20[12]\n$/)
            .and.not.include("t0p");
    });

    it("says why a stack cannot be read", async () => {
        const environment = withPulumi("echo \"error: no stack named 'none' found\" >&2; exit 6");
        const { code, err } = await runCommand(["doctor", "--stack=none"], { environment });
        expect(code).to.equal(1);
        expect(err).to.match(
            /^error: --stack: no stack named 'none' found\. Name .*\[MV504\]\n  see: .+#mv504\n$/,
        );
        const without = await runCommand(["doctor", "--stack"], { environment: { PATH: "/nowhere" } });
        expect(without.err).to.match(
            /no command pulumi on the PATH.*--address.*\[MV504\]\n  see: .+#mv504\n$/,
        );
        expect((await runCommand(["doctor", "--cwd", "x"])).err).to.include("[MV500]");
    });

    it("reads a stack of the real command", async function () {
        this.timeout(60_000);
        const variables = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${temporary()}`,
            PULUMI_CONFIG_PASSPHRASE: "passphrase",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const pulumi = (...args: string[]) =>
            execFileSync("pulumi", [...args, "--cwd", temporary(), "--non-interactive"], {
                env: variables,
                stdio: "pipe",
            });
        try {
            pulumi("version");
        } catch {
            return this.skip();
        }
        writeFileSync(join(temporary(), "Pulumi.yaml"), "name: search\nruntime: yaml\n");
        pulumi("stack", "init", "prod");
        pulumi("config", "set", "milvus:address", "stack:1");
        pulumi("config", "set", "--secret", "milvus:token", "t0p");
        const io = { ...testIo({ folder: temporary() }), variables };
        const stack = await readStack(io, { stack: true });
        expect([...stack!.settings]).to.have.deep.members([
            ["milvus:address", "stack:1"],
            ["milvus:token", "t0p"],
        ]);
        expect(stack).to.deep.include({ owner: undefined, collections: [] });
    });
});
