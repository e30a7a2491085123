import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { npm } from "./npm";
import { packed } from "./packed";
import type { Runtime } from "./runtimes";

/** A user's folder, outside of the checkout, with the package installed by npm. */
export interface Consumer {
    dir: string;
    dispose(): Promise<void>;
}

/** Installs what Pulumi's templates install: the SDK, the package, TypeScript and the types of Node. */
export async function install({ sdk, typescript }: Omit<Runtime, "node">): Promise<Consumer> {
    const { tarball } = await packed();
    const dir = await mkdtemp(join(tmpdir(), "pulumi-milvus-user-"));
    const dispose = () => rm(dir, { recursive: true, force: true });
    try {
        await writeFile(join(dir, "package.json"), `{ "private": true }`);
        const wanted = [`@pulumi/pulumi@${sdk}`, `typescript@${typescript}`, "@types/node@^20", tarball];
        await npm(dir, "install", "--prefer-offline", "--save-exact", ...wanted);
    } catch (error) {
        await dispose();
        throw error;
    }
    return { dir, dispose };
}
