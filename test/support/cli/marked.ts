import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { create, open, ref, serve } from "../../fake/open";
import { runCommand } from "./testIo";

export const owner = "shop/prod/docs";

interface Made {
    marker?: Partial<OwnershipMarker>;
    properties?: Record<string, string>;
    aliases?: readonly string[];
    isLoaded?: boolean;
}

/** A fake server with collections as runs leave them, and the command on it. */
export async function markedSite(version = "2.6.18") {
    const { client, fake } = await open(version, { pending: 0 });
    /** The last seven letters of the name are its generation. */
    const make = async (
        name: string,
        { marker, properties = {}, aliases = [], isLoaded = false }: Made = {},
    ): Promise<void> => {
        await create(client, name);
        const all = { owner, generation: name.slice(-7), from: undefined, state: "live", ...marker } as const;
        await setProperties(client, ref(name), { ...(marker && markerProperties(all)), ...properties });
        for (const alias of aliases) await createAlias(client, { database: undefined, alias }, name);
        if (isLoaded) await serve(client, name);
    };
    const environment: Record<string, string> = { MILVUS_ADDRESS: fake.address };
    const command = (...argv: string[]) => runCommand(argv, { environment });
    /** The same, where `pulumi` knows a stack shop/prod with these collections. */
    const commandWithStack = async (collections: readonly string[], ...argv: string[]) => {
        const folder = await mkdtemp(join(tmpdir(), "pulumi-stub-"));
        const resources = collections.map((collectionName) => ({
            urn: `urn:pulumi:prod::shop::milvus:index:Collection::${collectionName}`,
            outputs: { collectionName },
        }));
        const state = JSON.stringify({ deployment: { resources } });
        const answers = `#!/bin/sh\ncase "$1" in config) echo '{}';; *) echo '${state}';; esac`;
        await writeFile(join(folder, "pulumi"), answers, { mode: 0o755 });
        try {
            const PATH = `${folder}:${process.env["PATH"]}`;
            return await runCommand([...argv, "--stack=prod"], { environment: { ...environment, PATH } });
        } finally {
            await rm(folder, { recursive: true });
        }
    };
    const names = () => fake.collections().map(({ name }) => name);
    return { client, fake, make, command, commandWithStack, names };
}
