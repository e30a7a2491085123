import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface GitServer {
    address: string;
    /** The file of the certificate that it signed itself. */
    certificate: string;
    close: () => void;
}

/**
 * Serves the git repositories under a folder over HTTPS, the only way in which Pulumi reads a plugin from a git address.
 * Errors: those of a port that this user may not have, or that is taken.
 */
export async function gitServer(folder: string): Promise<GitServer> {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const newKey = ["-newkey", "rsa:2048", "-nodes", "-keyout", key];
    await run("openssl", ["req", "-x509", ...newKey, "-out", certificate, "-days", "1", ...subject]);
    const pair = { key: await readFile(key), cert: await readFile(certificate) };
    const server = createServer(pair, (request, response) => answer(folder, request, response));
    // Pulumi 3.260.0 takes an address with a port for a path, and panics.
    server.listen(443, "localhost");
    await once(server, "listening");
    return { address: "https://localhost", certificate, close: () => server.close() };
}

/** By git's own CGI program. */
function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? "/", "https://localhost");
    const backend = spawn("git", ["http-backend"], {
        env: {
            ...process.env,
            GIT_PROJECT_ROOT: folder,
            GIT_HTTP_EXPORT_ALL: "1",
            PATH_INFO: pathname,
            QUERY_STRING: search.slice(1),
            REQUEST_METHOD: request.method,
            CONTENT_TYPE: request.headers["content-type"] ?? "",
            HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
            GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
        },
    });
    request.pipe(backend.stdin);
    const parts: Buffer[] = [];
    backend.stdout.on("data", (part: Buffer) => parts.push(part));
    backend.on("close", () => {
        const output = Buffer.concat(parts);
        const end = output.indexOf("\r\n\r\n");
        const headers = new Map(
            output
                .subarray(0, end)
                .toString()
                .split("\r\n")
                .map((line) => line.split(": ", 2) as [string, string]),
        );
        const status = Number.parseInt(headers.get("Status") ?? "200", 10);
        headers.delete("Status");
        response.writeHead(status, Object.fromEntries(headers)).end(output.subarray(end + 4));
    });
}
