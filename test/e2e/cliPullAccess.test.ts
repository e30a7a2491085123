import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { runCommand } from "../support/cli/testIo";
import { expectUntouched, makeAccess, removeAccess, teamPassword } from "../support/languages/accessOfTeams";
import { installPackage, LanguageProject, missingCommand } from "../support/languages/project";
import { withAuthorization } from "../support/servers/authorization";
import { onServers } from "../support/servers/onServers";

/** Only in the full tier: beside it no other test may use the server. */
onServers(
    "`pulumi-milvus pull` of access",
    { servers: ["milvus-2.3.5"], fast: [], apart: true },
    (server) => {
        for (const language of ["typescript", "yaml"] as const)
            it(`writes a program in ${language} that changes no user, role or grant`, async function () {
                this.timeout(20 * 60_000);
                const plugin = language === "yaml" ? "pulumi-language-yaml" : "pulumi-language-nodejs";
                if (missingCommand(["pulumi", plugin]) !== undefined) return this.skip();
                await withAuthorization(server(), (token) => pullAll(server().address, token, language));
            });
    },
);

/** What `pull --json` ends with. */
interface Result {
    resources: Record<string, number>;
    secrets: { key: string }[];
    findings: object[];
}

async function pullAll(address: string, token: string, language: "typescript" | "yaml"): Promise<void> {
    const prefix = `pua${process.pid}${language[0]!}_`;
    const made = await makeAccess(address, token, prefix);
    const client = await MilvusClient.connect(Connection.parse({ address, token }));
    const parent = await mkdtemp(join(tmpdir(), "pulumi-pull-"));
    const folder = join(parent, "teams");
    const project = await LanguageProject.in(folder, "teams");
    const run = async (...args: string[]) => {
        const { ok, text } = await project.pulumi(...args);
        expect(ok, text).to.equal(true);
        return text;
    };
    try {
        const pulled = await runCommand(
            [
                "pull",
                "--address",
                address,
                "--token-file",
                "-",
                "--language",
                language,
                "--out",
                folder,
                "--json",
            ],
            { stdin: token },
        );
        expect(pulled.code, pulled.out + pulled.err).to.equal(0);
        const { result } = pulled.json().at(-1) as { result: Result };
        expect(result.findings).to.deep.equal([]);
        // 60 grants at 32 places. Other suites may have left some there.
        const least = { Database: 3, Collection: 6, Role: 8, Grant: 32 };
        for (const [type, count] of Object.entries(least))
            expect(result.resources[type], type).to.be.at.least(count);
        expect(result.resources["User"]).to.equal(10);
        const all = Object.values(result.resources).reduce((sum, count) => sum + count) + 1;
        if (language === "typescript") await installPackage(project);
        await run("stack", "init", "dev");
        await run("config", "set", "milvus:address", address);
        await run("config", "set", "--secret", "milvus:token", token);
        for (const [number, { key }] of result.secrets.entries())
            await run("config", "set", "--secret", key, `${teamPassword}${number}`);
        const first = await run("up", "--yes", "--skip-preview");
        expect(first).to.include(`${all} created`).and.to.not.include("MV303");
        await expectUntouched(client, made);
        const again = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
        expect(again).to.include(`${all} unchanged`);
        await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        await expectUntouched(client, made);
        const written = await Promise.all(
            (await readdir(folder))
                .filter((name) => /\.(ts|json|md|yaml)$/.test(name))
                .map((name) => readFile(join(folder, name), "utf8")),
        );
        for (const text of [pulled.out, first, again, ...written]) {
            expect(text).to.not.include(teamPassword);
            expect(text).to.not.include(token);
        }
    } finally {
        await removeAccess(client, made);
        client.close();
        await project.dispose();
        await rm(parent, { recursive: true, force: true });
    }
}
