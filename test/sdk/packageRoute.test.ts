import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { serializeFunction } from "@pulumi/pulumi/runtime/closure/serializeClosure";
import { expect } from "chai";

import { packageRoute } from "../../sdk/packageRoute";
import { shellOf } from "../../sdk/shell";

const run = promisify(execFile);

/** A workspace as pnpm makes it: `infra` depends on the component package, which alone has pulumi-milvus. */
async function workspace(root: string): Promise<{ infra: string; component: string }> {
    const [infra, component] = [join(root, "infra"), join(root, "packages/rag")];
    await installed(component);
    await mkdir(join(infra, "node_modules/@mono"), { recursive: true });
    await writeFile(
        join(infra, "package.json"),
        JSON.stringify({ dependencies: { gone: "1", "@mono/rag": "1" } }),
    );
    await symlink(component, join(infra, "node_modules/@mono/rag"));
    return { infra, component };
}

async function installed(folder: string): Promise<void> {
    const milvus = join(folder, "node_modules/pulumi-milvus");
    await mkdir(milvus, { recursive: true });
    const exports = { "./provider": "./provider.js" };
    await writeFile(join(milvus, "package.json"), JSON.stringify({ name: "pulumi-milvus", exports }));
    await writeFile(join(milvus, "provider.js"), "exports.configure = (shell) => shell.resource;");
}

describe("the way to the package from the program's folder", () => {
    let root = "";
    beforeEach(async () => (root = await mkdtemp(join(tmpdir(), "route-"))));
    afterEach(() => rm(root, { recursive: true, force: true }));

    it("is its name where it is installed", async () => {
        await installed(root);
        await mkdir(join(root, "infra"));
        expect(packageRoute(root)).to.deep.equal({});
        expect(packageRoute(join(root, "infra"))).to.deep.equal({});
    });

    it("leads through a dependency that has it, whatever its version", async () => {
        const { infra } = await workspace(root);
        expect(packageRoute(infra)).to.deep.equal({ through: "node_modules/@mono/rag" });
    });

    it("is in the provider object, which loads the package from there", async () => {
        const { infra } = await workspace(root);
        const provider = shellOf("Collection", infra);
        const { text } = await serializeFunction(() => provider, { allowSecrets: true });
        expect(text.length).to.be.below(1024);
        await writeFile(join(infra, "provider.js"), text);
        const code = `console.log(require("./provider.js").handler().configure({}))`;
        const { stdout } = await run(process.execPath, ["-e", code], { cwd: infra });
        expect(stdout.trim()).to.equal("Collection");
    });

    it("is the name alone for a program that has it, and ends the program that has it nowhere", async () => {
        await installed(root);
        expect(shellOf("Alias", root)).to.equal(shellOf("Alias", undefined));
        await rm(join(root, "node_modules"), { recursive: true });
        expect(() => shellOf("Alias", root))
            .to.throw(`${root} does not have it`)
            .with.property("message")
            .that.matches(/\[MV363\]\n  see: .+#mv363$/);
    });

    it("is none where nothing has it, or the folder is no package", async () => {
        const { infra, component } = await workspace(root);
        await rm(join(component, "node_modules"), { recursive: true });
        expect(packageRoute(infra)).to.equal(undefined);
        expect(packageRoute(join(root, "nowhere"))).to.equal(undefined);
    });
});
