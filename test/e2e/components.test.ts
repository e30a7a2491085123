import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { expectOk, type Site } from "../support/data/site";

/** Components of components, with eight resources. `first` is code before them, `options` are those of the outermost. */
const program = (site: Site, { dim = 4, first = "", options = "{}" } = {}) => `
const pulumi = require("@pulumi/pulumi");
const milvus = require("pulumi-milvus");
const fields = [{ name: "id", dataType: "Int64", isPrimaryKey: true }, { name: "vector", dataType: "FloatVector", dim: ${dim} }];
class Search extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("test:index:Search", name, {}, opts);
        for (const one of ["docs", "pages"]) {
            const collection = new milvus.Collection(\`${site.prefix}\${name}_\${one}\`, { fields, migration: { grace: 0 } }, { parent: this });
            new milvus.Alias(\`\${name}-\${one}\`, { name: \`${site.prefix}\${name}_\${one}_live\`, collection: collection.collectionName }, { parent: this });
        }
        this.registerOutputs({});
    }
}
class Product extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("test:index:Product", name, {}, opts);
        const first = new Search(name + "_a", { parent: this });
        new Search(name + "_b", { parent: this, dependsOn: [first] });
        this.registerOutputs({});
    }
}
${first}
new Product("shop", ${options});
`;

const write = (site: Site, text: string) => writeFile(join(site.dir, "index.js"), text);

onStacks(
    "components",
    { fast: ["milvus-lite-3.2.2"], fastTests: 2, cli: ["milvus-lite-3.2.2"], needs: ["aliases"] },
    (open) => {
        it("hold several collections and aliases, at any depth, and depend on each other", async () => {
            const site = await open();
            await write(site, program(site));
            expectOk(await site.stack.up());
            // The real engine counts components, too.
            const { resources } = await site.state();
            expect(resources.filter(({ custom, type }) => custom && type.includes("milvus:"))).to.have.length(
                8,
            );
            expect(await site.collections()).to.have.length(4);
            // Without rows, a change of dimension moves the schema alone.
            await write(site, program(site, { dim: 8 }));
            const moved = expectOk(await site.stack.up());
            expect(moved.ops).to.include({ replace: 4, update: 4 });
            expect(await site.collections()).to.have.length(4);
            const again = expectOk(await site.stack.up());
            expect(again.ops).to.include({ create: 0, replace: 0, update: 0, delete: 0 });
            expectOk(await site.stack.destroy());
            expect(await site.collections()).to.deep.equal([]);
        });
    },
);
