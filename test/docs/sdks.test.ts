import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { committed, generateSdk, generator, schemaHash, stampFile } from "../../scripts/sdks";
import { missingCommand } from "../support/languages/project";

const sdks = join(stampFile, "..");

describe("the SDKs", () => {
    it("are made from this schema: otherwise run `npm run sdks`", () => {
        expect(readFileSync(stampFile, "utf8")).to.equal(schemaHash());
    });

    for (const language of committed)
        it(`of ${language} are what the generator writes`, function () {
            const missing = missingCommand(["pulumi", `pulumi-language-${language}`]);
            const version = missing ?? spawnSync("pulumi", ["version"], { encoding: "utf8" }).stdout.trim();
            if (version !== generator) {
                console.log(missing ? `${missing} is not on PATH` : `pulumi is ${version}, not ${generator}`);
                return this.skip();
            }
            const fresh = mkdtempSync(join(tmpdir(), "pulumi-milvus-sdk-"));
            try {
                generateSdk(language, fresh);
                const compared = ["-r", "-x", "go.mod", "-x", "go.sum"];
                expect(
                    execFileSync("diff", [...compared, join(fresh, language), join(sdks, language)], {
                        encoding: "utf8",
                    }),
                ).to.equal("");
            } finally {
                rmSync(fresh, { recursive: true, force: true });
            }
        });
});
