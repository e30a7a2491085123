import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import GithubSlugger from "github-slugger";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";

import { pageOf } from "../../provider/inputs/report/page";
import { pages, registryPages, root, textOf } from "../docs/pages";
import { Chromium, findChromium } from "../support/browser/chromium";
import { openPage } from "../support/browser/openPage";
import { NoRegistry } from "./npm";
import { addresses, base, buildSite, serveSite, type SiteServer } from "./site";
import { breachesOf, factsOf, lettersOf, overflowOf, type PageFacts, search, shownIn } from "./sitePage";

/** Messages and other pages name it so; of the others, the addresses are the site's own. */
const findings = new URL(pageOf("MV101")).pathname.slice(base.length);
const widths = { phone: { width: 400, isPhone: true }, screen: { width: 1_400 } };
const schemes = ["light", "dark"] as const;

/** `PULUMI_MILVUS_SCREENSHOTS` names a folder that keeps the pictures, for a person to look at. */
const pictures = process.env["PULUMI_MILVUS_SCREENSHOTS"];

describe("the site of the documentation", function () {
    this.timeout(15 * 60_000);
    let browser: Chromium | undefined;
    let site: SiteServer | undefined;
    /** Of each page, by its address. */
    const seen = new Map<string, PageFacts>();

    before(async function () {
        const command = findChromium();
        if (command === undefined) {
            this.test!.title = "needs a Chromium: `apt-get install chromium`, or PULUMI_MILVUS_CHROMIUM";
            return this.skip();
        }
        try {
            await buildSite();
        } catch (error) {
            if (error instanceof NoRegistry) return this.skip();
            throw error;
        }
        site = await serveSite();
        browser = Chromium.start(command);
    });
    after(async () => {
        await browser?.close();
        await site?.close();
    });

    it("has each page of the repository, readable at 400 and 1,400 pixels, light and dark", async () => {
        const faults: Record<string, unknown> = {};
        for (const address of addresses()) {
            const page = await openPage(browser!, site!.url + address);
            const unreadable: string[] = [];
            for (const [name, width] of Object.entries(widths))
                for (const scheme of schemes) {
                    await page.show({ ...width, scheme });
                    await shownIn(page, scheme);
                    unreadable.push(...(await overflowOf(page)).map((one) => `${name}: ${one}`));
                    const height = await lettersOf(page);
                    if (height !== undefined && height < 9)
                        unreadable.push(`${name}: letters of ${height} pixels`);
                    // Colours and names are the same on a phone, but for the menu.
                    if (name === "screen") unreadable.push(...(await breachesOf(page)));
                    if (pictures !== undefined)
                        keep(`${address.replaceAll("/", "-")}-${name}-${scheme}`, await page.picture(2_500));
                }
            const facts = await factsOf(page);
            seen.set(address, facts);
            const found = {
                unreadable,
                images: facts.brokenImages,
                complaints: page.complaints(),
                foreign: page
                    .requested()
                    .filter((url) => !url.startsWith(site!.url) && !/^(data|blob):/.test(url)),
            };
            await page.close();
            if (Object.values(found).some((list) => list.length > 0)) faults[address] = found;
        }
        expect(faults).to.deep.equal({});
        const ours = pages.filter((file) => !registryPages.includes(file));
        expect(seen.size).to.equal(ours.length);
    });

    it("links to pages and sections that it has", () => {
        const broken = [...seen].flatMap(([address, { links }]) =>
            links.filter((link) => !isThere(new URL(link))).map((link) => `${address}: ${link}`),
        );
        expect(broken).to.deep.equal([]);

        function isThere({ pathname, hash }: URL): boolean {
            const address = pathname.slice(base.length);
            if (/\.\w+$/.test(address)) return existsSync(join(root, "site/dist", address));
            const facts = seen.get(address);
            return (
                facts !== undefined && (hash === "" || facts.ids.includes(decodeURIComponent(hash.slice(1))))
            );
        }
    });

    it("links to the file of each page, and draws each of its diagrams", () => {
        for (const [address, { editLink, diagrams }] of seen) {
            if (editLink === null) {
                expect(address).to.equal("");
                continue;
            }
            const file = /\/edit\/main\/(.*)$/.exec(editLink)![1]!;
            expect(pages).to.include(file);
            expect(diagrams, file).to.equal([...textOf(file).matchAll(/^```mermaid$/gm)].length);
        }
    });

    it("names sections as GitHub does, the codes of messages among them", () => {
        for (const [, { editLink, ids }] of seen)
            if (editLink !== null) {
                const file = /\/edit\/main\/(.*)$/.exec(editLink)![1]!;
                expect(ids, file).to.include.members(anchorsOf(file));
            }
        const codes = [...textOf("docs/findings.md").matchAll(/^### (MV\d+)$/gm)].map(([, code]) => code!);
        expect(codes).to.have.length.above(100);
        expect(seen.get(findings)!.ids).to.include.members(
            codes.map((code) => new URL(pageOf(code)).hash.slice(1)),
        );
    });

    it("finds a code of a message, and a word", async () => {
        const page = await openPage(browser!, site!.url);
        await shownIn(page, "light");
        expect(await search(page, "MV101")).to.include(`${base}${findings}#mv101`);
        await page.evaluate(`document.querySelector(".VPLocalSearchBox .backdrop").click()`);
        expect((await search(page, "rollback")).some((link) => link.includes("concepts/rollback"))).to.equal(
            true,
        );
        expect(page.complaints()).to.deep.equal([]);
        await page.close();
    });

    it("says that a page is not there", async () => {
        const page = await openPage(browser!, `${site!.url}no-such-page`);
        await shownIn(page, "light");
        expect(await page.evaluate("document.body.innerText")).to.match(/404/);
        await page.close();
    });
});

function anchorsOf(file: string): string[] {
    const slugger = new GithubSlugger();
    const anchors: string[] = [];
    visit(
        fromMarkdown(textOf(file)),
        "heading",
        (heading) => void anchors.push(slugger.slug(toString(heading))),
    );
    return anchors;
}

function keep(name: string, picture: Buffer): void {
    mkdirSync(pictures!, { recursive: true });
    writeFileSync(join(pictures!, `${name}.png`), picture);
}
