import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { filesOfDocs, pages, root, textOf } from "./pages";

/** Where the site's copies of the pages are. */
export const staged = new URL("../pages", import.meta.url).pathname;

/**
 * Copies the pages into the folder of the site: pages are modules that import Vue, which only files inside of this folder can. Images
 * are `public`, at their paths in docs/.
 */
export function stage(): void {
    rmSync(staged, { recursive: true, force: true });
    for (const [file, page] of pages) {
        const to = join(staged, page);
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, textOf(file));
    }
    for (const image of filesOfDocs(".svg", ".png"))
        cpSync(join(root, image), join(staged, "public", image.slice("docs/".length)));
}
