import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { expect } from "chai";
import GithubSlugger from "github-slugger";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";

import { pages, registryPages, root, textOf } from "./pages";

type Root = ReturnType<typeof fromMarkdown>;

describe("the documentation", () => {
    for (const page of pages)
        it(`links to files and sections that exist, in ${page}`, () => {
            expect(linksOf(fromMarkdown(textOf(page))).filter((link) => isBroken(page, link))).to.deep.equal(
                [],
            );
        });

    it("links to every page from its index", () => {
        const links = linksOf(fromMarkdown(textOf("docs/README.md"))).map((link) => link.split("#")[0]!);
        const isOurs = (page: string) => page.startsWith("docs/") && page !== "docs/README.md";
        const others = pages.filter((page) => isOurs(page) && !registryPages.includes(page));
        expect(links.map((link) => join("docs", link))).to.include.members(others);
    });

    for (const page of pages)
        it(`names files that exist, in ${page}`, () => {
            expect(namesOf(fromMarkdown(textOf(page))).filter((name) => !isThere(name))).to.deep.equal([]);
        });

    it("finds a broken link", () => {
        const text = "[a](nowhere.md) [b](#no-such-section) ![c](nowhere.svg) [d](docs/README.md#nowhere)";
        const broken = linksOf(fromMarkdown(text)).filter((link) => isBroken("README.md", link));
        expect(broken).to.have.length(4);
    });
});

/** Relative links and images. Links to other sites are not checked. */
function linksOf(tree: Root): string[] {
    const links: string[] = [];
    visit(tree, (node) => {
        if (node.type === "link" || node.type === "image" || node.type === "definition") links.push(node.url);
    });
    return links.filter((link) => !/^[a-z]+:/.test(link));
}

/** Inline code that names a file or a folder of this repository: `migration/keys/`, `test/e2e/crash`. */
function namesOf(tree: Root): string[] {
    const names: string[] = [];
    const ours =
        /^(provider|sdk|test|scripts|bench|docs|e2e|fake|migration|observe|plan|resource|wire)\/[\w/.-]*$/;
    visit(tree, "inlineCode", ({ value }) => {
        if (ours.test(value)) names.push(value);
    });
    return names;
}

/** A name is relative to the root, or to the folder that the page is about. A test may lack its extension. */
function isThere(name: string): boolean {
    const places = ["", "provider", "test"].map((folder) => join(root, folder, name));
    return places.some((place) => ["", ".ts", ".test.ts"].some((ending) => existsSync(`${place}${ending}`)));
}

function isBroken(page: string, link: string): boolean {
    const [path = "", anchor] = link.split("#");
    const file = path === "" ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(root, file))) return true;
    if (anchor === undefined) return false;
    return statSync(join(root, file)).isDirectory() || !anchorsOf(file).has(anchor);
}

const known = new Map<string, Set<string>>();

/** The anchors that GitHub generates for the headings of a page, which is read once: others link to its sections often. */
function anchorsOf(page: string): Set<string> {
    const found = known.get(page);
    if (found) return found;
    const slugger = new GithubSlugger();
    const anchors = new Set<string>();
    visit(
        fromMarkdown(textOf(page)),
        "heading",
        (heading) => void anchors.add(slugger.slug(toString(heading))),
    );
    known.set(page, anchors);
    return anchors;
}
