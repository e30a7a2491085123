import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { reportPage } from "../../../cli/report/page";
import { Chromium, findChromium } from "../../support/browser/chromium";
import { openPage, type View } from "../../support/browser/openPage";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { currentTier } from "../../support/tier";
import { exampleReport } from "./example";

const views: Record<string, View> = {
    wide: { width: 1100 },
    dark: { width: 1100, scheme: "dark" },
    phone: { width: 390, isPhone: true },
    smallPhone: { width: 320, isPhone: true },
    paper: { width: 800, media: "print", scheme: "dark" },
};

/** Elements that are wider than the page, or whose text is cut. */
const overflowing = `[...document.querySelectorAll("body *")]
    .filter((one) => !one.closest("svg") && getComputedStyle(one).display !== "none")
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80))`;
/** The smallest letters of all drawings that are shown, in pixels. */
const smallestLetters = `Math.min(...[...document.querySelectorAll("svg text")]
    .filter((one) => one.getBoundingClientRect().width > 0)
    .map((one) => one.getBoundingClientRect().height))`;
const contrast = `(() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((value) => value / 255)
            .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (!backgroundColor.endsWith(", 0)")) return light(backgroundColor);
        }
        return 1;
    };
    return [...document.querySelectorAll("main *")]
        .filter((one) => !one.closest("svg") && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .map((one) => [light(getComputedStyle(one).color), ground(one), one])
        .filter(([ink, paper]) => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5)
        .map(([, , one]) => one.outerHTML.slice(0, 80));
})()`;

/** `PULUMI_MILVUS_SCREENSHOTS` names a folder that keeps the pictures, for a person to look at. */
describe("the report in a browser", function () {
    this.timeout(10 * 60_000);
    const folder = useTemporaryFolder();
    let browser: Chromium | undefined;

    before(function () {
        // It takes a browser, and no other part of the project does.
        if (currentTier() === "fast") this.skip();
        const command = findChromium();
        if (command === undefined) {
            this.test!.title = "needs a Chromium: `apt-get install chromium`, or PULUMI_MILVUS_CHROMIUM";
            this.skip();
        }
        browser = Chromium.start(command);
    });
    after(() => browser?.close());

    for (const kind of ["run", "plan", "differs", "state"] as const)
        it(`is readable on a screen, a phone and paper, and asks nobody for anything: ${kind}`, async () => {
            const file = join(folder(), `${kind}.html`);
            writeFileSync(file, reportPage(exampleReport(kind)));
            const url = pathToFileURL(file).href;
            const page = await openPage(browser!, url);
            const pictures = process.env["PULUMI_MILVUS_SCREENSHOTS"];
            for (const [name, view] of Object.entries(views)) {
                await page.show(view);
                expect(await page.evaluate<string[]>(overflowing), name).to.deep.equal([]);
                expect(await page.evaluate<string[]>(contrast), name).to.deep.equal([]);
                if (kind === "run")
                    expect(await page.evaluate<number>(smallestLetters), name).to.be.at.least(10);
                const picture = await page.picture();
                expect(picture.subarray(1, 4).toString()).to.equal("PNG");
                if (pictures === undefined) continue;
                mkdirSync(pictures, { recursive: true });
                writeFileSync(join(pictures, `${kind}-${name}.png`), picture);
            }
            expect((await page.print()).subarray(0, 4).toString()).to.equal("%PDF");
            expect(page.requested()).to.deep.equal([url]);
            expect(page.complaints()).to.deep.equal([]);
            expect(await page.evaluate<number>("document.scripts.length")).to.equal(0);
        });
});
