import { cp, readFile, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import type { Site } from "../support/data/site";
import { before } from "../support/data/exampleCollection";

/** Pinned: another text here is another text in every user's state, and a diff for each of their resources. */
const golden = (resource: string) => `exports.handler = __f0;

var __provider = {resource: "${resource}", configure: __configure};

function __configure(__0) {
  return (function() {
    with({ configure: __configure, this: undefined, arguments: undefined }) {

return function /*configure*/(request) {
    return require("pulumi-milvus/provider").configure(this, request);
};

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f0() {
  return (function() {
    with({ provider: __provider, this: undefined, arguments: undefined }) {

return () => provider;

    }
  }).apply(undefined, undefined).apply(this, arguments);
}
`;

onStacks(
    "an upgrade of the package",
    {
        servers: ["milvus-lite-3.2.2", "external"],
        cli: ["milvus-lite-3.2.2", "external"],
        // A native state holds no code.
        native: false,
    },
    (open) => {
        it("changes no state, which only holds a path to the installed code", async () => {
            const site = await open({ warm: false });
            const declared = {
                collections: { [`${site.prefix}docs`]: before },
                aliases: { live: { name: `${site.prefix}live`, of: `${site.prefix}docs` } },
            };
            await site.deploy(declared);
            const providers = await providersOf(site);
            for (const [type, text] of providers) {
                expect(Buffer.byteLength(text), type).to.be.lessThan(1024);
                expect(text, type).to.equal(golden(type));
            }

            await upgrade(site);
            const again = await site.stack.up();
            expect(again.ops, again.output).to.deep.equal({
                create: 0,
                update: 0,
                replace: 0,
                delete: 0,
                same: 2,
            });
            expect(again.output, "the new code runs").to.include("the next version speaks");
            expect(await providersOf(site)).to.deep.equal(providers);
        });
    },
);

async function providersOf(site: Site): Promise<Map<string, string>> {
    const { resources } = await site.state();
    const ours = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/milvus:"));
    return new Map(
        ours.map(({ type, inputs, outputs }): [string, string] => {
            expect(outputs!.__provider).to.deep.equal(inputs!.__provider);
            return [type.split(":").at(-1)!, inputs!.__provider as string];
        }),
    );
}

/** Installs a version whose code differs everywhere, and says so. */
async function upgrade({ dir }: Site): Promise<void> {
    const own = join(dir, "node_modules/pulumi-milvus");
    const shared = await realpath(own);
    await rm(own);
    await cp(shared, own, { recursive: true });
    const dist = join(own, "dist");
    for (const file of await readdir(dist, { recursive: true }))
        if (file.endsWith(".js")) {
            const path = join(dist, file);
            const said =
                file === join("provider", "pulumi.js") ? `console.log("the next version speaks");` : "";
            await writeFile(path, `// another version\n${await readFile(path, "utf8")}\n${said}`);
        }
}
