import { createRequire } from "node:module";

import { expect } from "chai";
import { serializeFunction } from "@pulumi/pulumi/runtime/closure/serializeClosure";

const compiled = createRequire(__filename);

describe("the provider object in the state", () => {
    for (const name of ["Collection", "Alias"])
        it(`is under 1 KB for ${name} and loads the installed code`, async () => {
            // The compiled file is used, because Pulumi serializes what runs in the program, and tsx compiles it differently.
            const { shellOf } = compiled("../../dist/sdk/shell.js") as { shellOf: (name: string) => unknown };
            const provider = shellOf(name);
            const { text, containsSecrets } = await serializeFunction(() => provider, { allowSecrets: true });
            expect(text.length).to.be.below(1024);
            expect(containsSecrets).to.equal(false);
            // It is stored in the state of every user: another text would change each of their resources.
            expect(text).to.include(`{resource: "${name}", configure: `);
            expect(text).to.include(
                'return function /*configure*/(request) {\n    return require("pulumi-milvus/provider").configure(this, request);\n};',
            );
        });
});
