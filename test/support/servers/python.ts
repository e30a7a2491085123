import { join, resolve } from "node:path";

import { install } from "../../../examples/quickstart/server/environment";
import type { LocalServerName } from "./server";

/** The quickstart has the packages of the server that it starts. */
const quickstart = resolve(__dirname, "../../../examples/quickstart/server");

/**
 * The folder of a virtual environment with the server's pinned packages, made at the first use.
 * @throws ServerUnavailable without a fit Python, or when the packages cannot be installed.
 */
export function environment(name: LocalServerName): Promise<string> {
    const folder = name === "milvus-lite-3.2.2" ? quickstart : __dirname;
    return install(join(folder, `requirements-${name}.txt`));
}
