import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { npm } from "./npm";

const root = resolve(__dirname, "../..");
const folder = join(root, "site");
const dist = join(folder, "dist");

/** The path at which GitHub Pages has the site. */
export const base = "/pulumi-milvus/";

/**
 * Builds the site, as its workflow does; its types are checked first. What an earlier build has installed for the same lock file stays.
 * @throws NoRegistry
 */
export async function buildSite(): Promise<void> {
    const installed = statSync(join(folder, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
    const locked = statSync(join(folder, "package-lock.json"));
    if (!installed || installed.mtimeMs < locked.mtimeMs) await npm(folder, "ci", "--prefer-offline");
    const run = promisify(execFile);
    await run("npm", ["run", "build"], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
}

/** The addresses of the pages, by the site's own list for search engines: `findings`, `concepts/`. */
export function addresses(): string[] {
    const map = readFileSync(join(dist, "sitemap.xml"), "utf8");
    return [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) =>
        new URL(url!).pathname.slice(base.length),
    );
}

const types: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
};

export interface SiteServer {
    /** With the path of the site. */
    url: string;
    close(): Promise<void>;
}

/** Serves the site as GitHub Pages does: `/findings` is findings.html, `/concepts` goes to the folder, and what is not there is 404.html. */
export async function serveSite(): Promise<SiteServer> {
    const server = createServer(({ url = "" }, response) => {
        const path = decodeURIComponent(new URL(url, "http://site").pathname);
        const file = path.startsWith(base) ? join(dist, path.slice(base.length)) : undefined;
        if (file !== undefined && !path.endsWith("/") && isFolder(file) && !existsSync(`${file}.html`))
            return void response.writeHead(301, { location: `${path}/` }).end();
        const found =
            file === undefined ? undefined : [file, `${file}.html`, join(file, "index.html")].find(isFile);
        const shown = found ?? join(dist, "404.html");
        response.writeHead(found === undefined ? 404 : 200, {
            "content-type": types[extname(shown)] ?? "application/octet-stream",
        });
        response.end(readFileSync(shown));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
        close: async () => {
            server.closeAllConnections();
            await new Promise((closed) => server.close(closed));
        },
    };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
