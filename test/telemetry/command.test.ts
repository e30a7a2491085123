import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { create, open, serve, smallest } from "../fake/open";
import { runCommand } from "../support/cli/testIo";
import { useTemporaryFolder } from "../support/temporaryFolder";

describe("alter --metrics-port", () => {
    const folder = useTemporaryFolder();

    async function alter(...more: string[]) {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        await serve(client, "docs");
        const fields = [...smallest, { name: "text", dataType: "VarChar", maxLength: 64, nullable: true }];
        writeFileSync(join(folder(), "schema.json"), JSON.stringify({ fields }));
        const ran = await runCommand(
            ["alter", "--collection", "docs", "--schema", "schema.json", "--yes", "--grace", "0", ...more],
            { environment: { MILVUS_ADDRESS: fake.address }, folder: folder() },
        );
        const fieldsNow = fake.collections().map(({ schema }) => schema.fields.length);
        return { ...ran, fieldsNow };
    }

    it("serves metrics while the command runs, and says where", async () => {
        const { code, out } = await alter("--metrics-port", "0");
        expect(code).to.equal(0);
        const [, url] = /^metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)$/m.exec(out) ?? [];
        expect(url).to.not.equal(undefined);
        // The command has ended.
        const after = await fetch(url!).then(
            () => "answers",
            () => "gone",
        );
        expect(after).to.equal("gone");
    });

    it("changes nothing with a port that is none", async () => {
        const { code, err, fieldsNow } = await alter("--metrics-port", "http");
        expect(code).to.equal(1);
        expect(err).to.match(/^error: --metrics-port: "http" is no port\. .*\[MV316\]/);
        expect(fieldsNow).to.deep.equal([2]);
    });
});
