#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { lives } from "../lives";
import { packageFolder, packageVersion } from "../packageFolder";
import type { Context, Print } from "../resource/context/context";
import { contextFrom } from "../resource/context/contextFrom";
import { engineAddress } from "../resource/session/run";
import type { Session } from "../resource/session/session";
import { runSession } from "../runSession";
import type { Configuration } from "./configuration";
import { serve } from "./serve";
import { Service } from "./service";

/** What a resource needs from outside, for one call. */
function contextOf(configuration: Configuration, session: Session, print: Print): Context {
    return contextFrom({
        get: (key) => configuration.get(key),
        settings: () => configuration.names().map((name) => `milvus:${name}`),
        provider: configuration.provider,
        print,
        session,
    });
}

/** The native provider: the engine starts it, and reads its port from the first line of the standard output. */
async function main(argv: readonly string[]): Promise<void> {
    const service = new Service({
        version: packageVersion(__dirname),
        schema: readFileSync(join(packageFolder(__dirname), "schema.json"), "utf8"),
        session: runSession(argv, (line) => void process.stderr.write(`${line}\n`)),
        lives,
        contextOf,
    });
    const engine = engineAddress(argv);
    if (engine !== undefined) service.connect(engine);
    const { port } = await serve(service);
    process.stdout.write(`${port}\n`);
}

void main(process.argv);
