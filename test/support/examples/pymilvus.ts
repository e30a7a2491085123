import { join } from "node:path";

import { expect } from "chai";

import type { Ran } from "../languages/project";
import { environment } from "../servers/python";
import type { Server } from "../servers";
import type { ExampleStack } from "./exampleStack";

/** Runs a script of the example with pymilvus, which has to succeed, and returns what it prints. */
export async function runScript(
    example: ExampleStack,
    server: Pick<Server, "address">,
    file: string,
    ...args: string[]
): Promise<string> {
    const { ok, text } = await tryScript(example, server, file, ...args);
    expect(ok, text).to.equal(true);
    return text.trimEnd();
}

/** The same, with a script that may fail. */
export async function tryScript(
    { project }: ExampleStack,
    { address }: Pick<Server, "address">,
    file: string,
    ...args: string[]
): Promise<Ran> {
    const python = join(await environment("milvus-lite-3.2.2"), "bin/python");
    return project.run("env", [`MILVUS_ADDRESS=${address}`, python, file, ...args]);
}
