import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { typescript, yaml, type Language } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { environment } from "../support/servers/python";
import { onServers } from "../support/servers/onServers";

const shapes = join(__dirname, "../support/languages/twentyShapes.py");

/** How the printed program becomes the program of the project. */
const programs: [Language, file: string, adopt: (printed: string) => string][] = [
    [yaml, "Pulumi.yaml", (printed) => `name: imported\nruntime: yaml\n${printed}`],
    [typescript, "index.ts", (printed) => printed],
];

onServers("`pulumi import`", { servers: ["milvus-lite-3.2.2"], fast: [] }, (server, name) => {
    for (const [language, file, adopt] of programs)
        it(`prints a program in ${language.name} that changes nothing, for twenty collections of an application`, async function () {
            this.timeout(20 * 60_000);
            if (missingCommand(["pulumi", ...language.needs]) !== undefined) return this.skip();
            const prefix = `imp${process.pid}_`;
            const python = join(await environment(name as "milvus-lite-3.2.2"), "bin/python");
            await promisify(execFile)(python, [shapes, server().address, prefix]);
            const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
            const own = async () =>
                (await listCollections(client, undefined)).filter((one) => one.startsWith(prefix));
            const ids = await own();
            expect(ids).to.have.length(20);
            const project = await LanguageProject.make("imported", await language.runtime());
            const run = async (...args: string[]) => {
                const { ok, text } = await project.pulumi(...args);
                expect(ok, text).to.equal(true);
                return text;
            };
            try {
                await language.install(project);
                const resources = ids.map((id) => ({
                    type: "milvus:index:Collection",
                    name: id.slice(prefix.length),
                    id,
                }));
                await project.write("import.json", JSON.stringify({ resources }));
                await run("stack", "init", "dev");
                await run("config", "set", "milvus:address", server().address);
                await run("import", "--file", "import.json", "--out", "printed", "--yes", "--protect=false");
                await project.write(file, adopt(await readFile(join(project.dir, "printed"), "utf8")));
                const said = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
                expect(said).to.include("21 unchanged");
            } finally {
                for (const id of await own()) await dropCollection(client, { database: undefined, name: id });
                client.close();
                await project.dispose();
            }
        });
});
