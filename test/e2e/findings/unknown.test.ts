import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { onStacks } from "../../support/data/onStacks";
import { expectOk } from "../../support/data/site";
import { before } from "../../support/data/exampleCollection";

onStacks(
    "an argument that is known only at up",
    { servers: ["milvus-lite-3.2.2", "external"], cli: ["milvus-lite-3.2.2", "external"] },
    (open) => {
        it("is named in the preview, which continues without it, and planned by `up`", async () => {
            const site = await open();
            const [docs, other] = [`${site.prefix}docs`, `${site.prefix}other`];
            await site.deploy({ collections: { [docs]: before } });
            const program = [
                `const milvus = require("pulumi-milvus");`,
                `const args = ${JSON.stringify(before)};`,
                `const other = new milvus.Collection("${other}", args);`,
                `const description = other.collectionName;`,
                `new milvus.Collection("${docs}", { ...args, description });`,
            ].join("\n");
            await writeFile(join(site.dir, "index.js"), program);
            const preview = expectOk(await site.stack.preview());
            expect(preview.output).to.include("description holds what is known only at `pulumi up`");
            expect(preview.output).to.include("[MV122]");
            expectOk(await site.stack.up());
            expect(await site.collections()).to.have.length(2);
        });
    },
);
