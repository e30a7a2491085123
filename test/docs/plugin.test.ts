import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

const read = (file: string) =>
    JSON.parse(readFileSync(join(__dirname, "..", "..", file), "utf8")) as {
        version: string;
        dependencies: Record<string, string>;
    };

describe("the folder plugin/", () => {
    it("installs this version of the package", () => {
        expect(read("plugin/package.json").dependencies).to.have.property(
            "pulumi-milvus",
            read("package.json").version,
        );
    });
});
