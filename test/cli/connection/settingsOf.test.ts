import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { settingsOf } from "../../../cli/connection/settingsOf";
import { testIo } from "../../support/cli/testIo";
import { useTemporaryFolder } from "../../support/temporaryFolder";

const failureOf = (work: Promise<unknown>) =>
    work.then(
        () => "",
        (error: unknown) => (error as Error).message,
    );

describe("the options of the connection", () => {
    const temporary = useTemporaryFolder();

    it("become settings of the provider", async () => {
        const options = { address: "a:1", ssl: true, timeout: "5", caFile: "ca.pem" };
        expect([...(await settingsOf(testIo({ folder: "/srv" }), options))]).to.deep.equal([
            ["milvus:address", "a:1"],
            ["milvus:ssl", "true"],
            ["milvus:caFile", "/srv/ca.pem"],
            ["milvus:timeout", "5"],
        ]);
    });

    it("have a prefix for the second server", async () => {
        const options = { address: "a:1", targetAddress: "b:2" };
        expect([...(await settingsOf(testIo(), options, "target"))]).to.deep.equal([
            ["milvus:address", "b:2"],
        ]);
    });

    it("read a secret from a file or from the standard input, without the end of the line", async () => {
        const folder = temporary();
        writeFileSync(join(folder, "token"), "top\r\n");
        const io = () => testIo({ folder, stdin: "secret\n" });
        expect((await settingsOf(io(), { tokenFile: "token" })).get("milvus:token")).to.equal("top");
        expect((await settingsOf(io(), { passwordFile: "-" })).get("milvus:password")).to.equal("secret");
    });

    it("refuse a file that cannot be read or is empty, and a secret that is given twice", async () => {
        const read = (options: object) => failureOf(settingsOf(testIo({ stdin: "" }), { ...options }));
        expect(await read({ passwordFile: "none" })).to.match(/^--password-file: .*ENOENT.*\[MV503\]$/);
        expect(await read({ tokenFile: "-" })).to.match(/empty.*\[MV503\]$/);
        expect(await read({ token: "a", tokenFile: "b" })).to.match(/--token is given as well.*\[MV500\]$/);
    });
});
