import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import {
    expectUntouched,
    type Made,
    makeAccess,
    removeAccess,
    teamPassword,
} from "../support/languages/accessOfTeams";
import { yaml } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { withAuthorization } from "../support/servers/authorization";
import { onServers } from "../support/servers/onServers";

/** Only in the full tier: beside it no other test may use the server. */
onServers("`pulumi import` of access", { servers: ["milvus-2.3.5"], fast: [], apart: true }, (server) => {
    it("prints a program that changes nothing, for 3 databases, 10 users, 8 roles and 60 grants", async function () {
        this.timeout(20 * 60_000);
        if (missingCommand(["pulumi", ...yaml.needs]) !== undefined) return this.skip();
        await withAuthorization(server(), (token) => importAll(server().address, token));
    });
});

async function importAll(address: string, token: string): Promise<void> {
    const prefix = `acc${process.pid}_`;
    const made = await makeAccess(address, token, prefix);
    const client = await MilvusClient.connect(Connection.parse({ address, token }));
    const project = await LanguageProject.make("imported", await yaml.runtime());
    const run = async (...args: string[]) => {
        const { ok, text } = await project.pulumi(...args);
        expect(ok, text).to.equal(true);
        return text;
    };
    try {
        const resources = resourcesOf(made, prefix);
        // 60 grants at 32 places.
        expect(resources).to.have.length(3 + 6 + 8 + 10 + 32);
        await project.write("import.json", JSON.stringify({ resources }));
        await run("stack", "init", "dev");
        await run("config", "set", "milvus:address", address);
        await run("config", "set", "--secret", "milvus:token", token);
        for (const number of Object.keys(made.users).keys())
            await run("config", "set", "--secret", `password${number}`, `${teamPassword}${number}`);
        const imported = await run(
            ...["import", "--file", "import.json", "--out", "printed", "--yes", "--protect=false"],
        );
        const printed = await readFile(join(project.dir, "printed"), "utf8");
        await project.write("Pulumi.yaml", `name: imported\nruntime: yaml\n${withPasswords(printed)}`);
        const up = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
        expect(up).to.include(`${resources.length + 1} unchanged`);
        const refresh = await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        expect(refresh).to.include("unchanged");
        const again = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
        expect(again).to.include(`${resources.length + 1} unchanged`);

        const state = await run("stack", "export");
        for (const text of [imported, printed, up, refresh, again, state])
            expect(text).to.not.include(teamPassword);
        await expectUntouched(client, made);
    } finally {
        await removeAccess(client, made);
        client.close();
        await project.dispose();
    }
}

function resourcesOf({ databases, collections, roles, users, grants }: Made, prefix: string) {
    const resource = (type: string, id: string) => ({
        type: `milvus:index:${type}`,
        name: `${type}_${id.replaceAll(prefix, "").replaceAll("/", "_").replaceAll("*", "all")}`,
        id,
    });
    return [
        ...databases.map((id) => resource("Database", id)),
        ...databases.flatMap((database) =>
            collections.map((name) => resource("Collection", `${database}/${name}`)),
        ),
        ...roles.map((id) => resource("Role", id)),
        ...Object.keys(users).map((id) => resource("User", id)),
        ...Object.keys(grants).map((id) => resource("Grant", id)),
    ];
}

/** What docs/access.md says: no server tells a password, and the CLI prints an empty one in its place. */
function withPasswords(printed: string): string {
    const numbers: string[] = [];
    const placeholder = /^( +)name: (\w+user(\d))\n +password: ""$/gm;
    const text = printed.replace(placeholder, (_, indent: string, name: string, number: string) => {
        numbers.push(number);
        return `${indent}name: ${name}\n${indent}password: \${password${number}}`;
    });
    expect(numbers).to.have.length(10);
    const declared = numbers.map((one) => `  password${one}: { type: string, secret: true }\n`);
    return `configuration:\n${declared.join("")}${text}`;
}
