import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { buildGo, go, python, typescript, yaml, type Language } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { LanguageUnavailable } from "../support/languages/pythonSdk";
import type { ServerName } from "../support/servers";
import { environment } from "../support/servers/python";
import { onServers } from "../support/servers/onServers";

const shapes = join(__dirname, "../support/languages/twentyShapes.py");

/** How the printed program becomes the program of the project. */
const programs: [Language, adopt: (project: LanguageProject, printed: string) => Promise<void>][] = [
    [yaml, (project, text) => project.write("Pulumi.yaml", `name: imported\nruntime: yaml\n${text}`)],
    [typescript, (project, text) => project.write("index.ts", text)],
    [python, (project, text) => project.write("__main__.py", text)],
    [go, (project, text) => buildGo(project, text)],
];

/** Shapes that a server cannot have. */
const without: Partial<Record<ServerName, string[]>> = {
    "milvus-2.3.5": ["nullable", "two_vectors", "sparse", "full_text"],
};

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onServers("`pulumi import`", { servers, fast: [] }, (server, serverName) => {
    // The server differs in what it tells of a collection; the languages differ in what is printed.
    const here = serverName === "milvus-lite-3.2.2" ? programs : programs.slice(0, 1);
    for (const [language, adopt] of here)
        it(`prints a program in ${language.name} that changes nothing, for the collections of an application and an alias`, async function () {
            this.timeout(20 * 60_000);
            if (missingCommand(["pulumi", ...language.needs]) !== undefined) return this.skip();
            const prefix = `imp${process.pid}_`;
            const alias = `${prefix}live`;
            const lacks = without[serverName] ?? [];
            // Any server is asked by the same pymilvus.
            const interpreter = join(await environment("milvus-lite-3.2.2"), "bin/python");
            await promisify(execFile)(interpreter, [shapes, server().address, prefix, ...lacks]);
            const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
            const own = async () =>
                (await listCollections(client, undefined)).filter((one) => one.startsWith(prefix));
            const ids = await own();
            expect(ids).to.have.length(20 - lacks.length);
            await createAlias(client, { database: undefined, alias }, `${prefix}plain`);
            let project: LanguageProject | undefined;
            const run = async (...args: string[]) => {
                const { ok, text } = await project!.pulumi(...args);
                expect(ok, text).to.equal(true);
                return text;
            };
            try {
                project = await LanguageProject.make("imported", await language.runtime());
                await language.install(project);
                const resources = [
                    ...ids.map((id) => ({
                        type: "milvus:index:Collection",
                        name: id.slice(prefix.length),
                        id,
                    })),
                    { type: "milvus:index:Alias", name: "live", id: alias },
                ];
                await project.write("import.json", JSON.stringify({ resources }));
                await run("stack", "init", "dev");
                await run("config", "set", "milvus:address", server().address);
                await run("import", "--file", "import.json", "--out", "printed", "--yes", "--protect=false");
                await adopt(project, await readFile(join(project.dir, "printed"), "utf8"));
                const said = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
                expect(said).to.include(`${resources.length + 1} unchanged`);
                expect(await run("refresh", "--yes", "--skip-preview", "--expect-no-changes")).to.include(
                    "unchanged",
                );
            } catch (error) {
                if (!(error instanceof LanguageUnavailable)) throw error;
                console.log(error.message);
                this.skip();
            } finally {
                await dropAlias(client, { database: undefined, alias });
                for (const id of await own()) await dropCollection(client, { database: undefined, name: id });
                client.close();
                await project?.dispose();
            }
        });
});
