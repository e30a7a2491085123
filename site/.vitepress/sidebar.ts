import { posix } from "node:path";

import type { DefaultTheme } from "vitepress";

import { addressOf, index, pages, textOf, titleOf } from "./pages";

/** The pages in the groups of docs/README.md: a heading there is a group, and what is linked below it are its pages. */
export function sidebar(): DefaultTheme.SidebarItem[] {
    const groups = new Map<string, string[]>();
    let group = "";
    for (const line of textOf(index).split("\n")) {
        group = /^## (.+)$/.exec(line)?.[1] ?? group;
        for (const [, link = ""] of line.matchAll(/\]\(([^)#]+\.md)/g)) add(link);
    }
    return [...groups].map(([text, files]) => ({
        text,
        collapsed: false,
        items: files.map((file) => ({ text: titleOf(file), link: addressOf(pages.get(file)!) })),
    }));

    function add(link: string): void {
        const file = posix.join("docs", link);
        const isThere = [...groups.values()].some((files) => files.includes(file));
        if (pages.has(file) && !isThere) groups.set(group, [...(groups.get(group) ?? []), file]);
    }
}
