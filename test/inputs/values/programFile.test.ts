import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { programFile } from "../../../provider/inputs/values/programFile";
import { moduleVersion } from "../../../provider/migration/transform/transformModule";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { Connection } from "../../../provider/inputs/schema/connection";

describe("a file that an argument names", () => {
    const started = process.cwd();
    let project: string;
    let main: string;
    const write = (...path: string[]) => {
        const file = join(...path);
        writeFileSync(file, "exports.default = (rows) => rows;");
        return file;
    };
    beforeEach(() => {
        project = realpathSync(mkdtempSync(join(tmpdir(), "program-file-")));
        main = join(project, "src", "stacks");
        mkdirSync(main, { recursive: true });
    });
    afterEach(() => {
        process.chdir(started);
        rmSync(project, { recursive: true, force: true });
    });

    for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"])
        it(`is found beside ${name}, where main is in a folder of its own`, () => {
            write(project, name);
            const file = write(project, "embed.js");
            expect(programFile("./embed.js", main)).to.equal(file);
        });

    it("is taken from beside the program first", () => {
        write(project, "Pulumi.yaml");
        write(project, "embed.js");
        const file = write(main, "embed.js");
        expect(programFile("embed.js", main)).to.equal(file);
    });

    it("is taken by an absolute path as it is", () => {
        write(project, "Pulumi.yaml");
        expect(programFile("/etc/ca.pem", main)).to.equal("/etc/ca.pem");
    });

    it("is not looked for in a folder that is neither", () => {
        write(project, "Pulumi.yaml");
        write(project, "src", "embed.js");
        expect(programFile("./embed.js", main)).to.equal(join(main, "embed.js"));
    });

    it("is named as beside the program where there is no project file", () => {
        expect(programFile("./embed.js", main)).to.equal(join(main, "embed.js"));
    });

    it("may be a transform's module or a certificate", async () => {
        write(project, "Pulumi.yaml");
        write(project, "embed.js");
        process.chdir(main);
        expect(moduleVersion("./embed.js")).to.match(/^[0-9a-f]{64}$/);
        const connection = { address: "https://127.0.0.1:1", timeout: 1 };
        const failure = (caFile: string) =>
            MilvusClient.connect(Connection.parse({ ...connection, caFile })).then(
                () => "",
                (error: unknown) => (error as Error).message,
            );
        // Its text is no certificate, but it is read.
        expect(await failure("./embed.js")).not.to.include("cannot be read");
        expect(await failure("./nobody.pem")).to.include("nobody.pem: the certificate file cannot be read");
    });
});
