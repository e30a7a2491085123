#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { aliasLife } from "../resource/alias";
import { collectionLife } from "../resource/collection";
import type { Context, Print } from "../resource/context/context";
import { contextFrom } from "../resource/context/contextFrom";
import { engineAddress } from "../resource/session/run";
import type { Session } from "../resource/session/session";
import { runSession } from "../runSession";
import type { Configuration } from "./configuration";
import { serve } from "./serve";
import { Service } from "./service";

/** The folder of schema.json and package.json: above the built files, and beside the one file of a release's plugin. */
function packageFolder(folder: string): string {
    return existsSync(join(folder, "schema.json")) ? folder : packageFolder(dirname(folder));
}

const root = packageFolder(__dirname);

/** What a resource needs from outside, for one call. */
function contextOf(configuration: Configuration, session: Session, print: Print): Context {
    return contextFrom({
        get: (key) => configuration.get(key),
        settings: () => configuration.names().map((name) => `milvus:${name}`),
        print,
        session,
    });
}

/** The native provider: the engine starts it, and reads its port from the first line of the standard output. */
async function main(argv: readonly string[]): Promise<void> {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const service = new Service({
        version,
        schema: readFileSync(join(root, "schema.json"), "utf8"),
        session: runSession(argv, (line) => void process.stderr.write(`${line}\n`)),
        lives: { Collection: collectionLife, Alias: aliasLife },
        contextOf,
    });
    const engine = engineAddress(argv);
    if (engine !== undefined) service.connect(engine);
    const { port } = await serve(service);
    process.stdout.write(`${port}\n`);
}

void main(process.argv);
