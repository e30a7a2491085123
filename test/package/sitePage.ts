import axe from "axe-core";

import type { OpenPage } from "../support/browser/openPage";

/** What a page of the site is checked for. */
export interface PageFacts {
    /** Addresses of this site that it links to. */
    links: string[];
    /** What a link to a section of it may name. */
    ids: string[];
    brokenImages: string[];
    diagrams: number;
    editLink: string | null;
}

const facts = `({
    links: [...document.querySelectorAll("a[href]")].map((one) => one.href).filter((one) => one.startsWith(location.origin)),
    ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
    brokenImages: [...document.images].filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.src),
    diagrams: document.querySelectorAll(".mermaid svg").length,
    editLink: document.querySelector(".edit-link-button")?.href ?? null,
})`;

export const factsOf = (page: OpenPage): Promise<PageFacts> => page.evaluate<PageFacts>(facts);

/** Elements that are wider than the page, unless a box of theirs scrolls. */
const overflowing = `(() => {
    const scrolls = (one) => one && (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) && one !== document.body
        && one !== document.documentElement || scrolls(one.parentElement));
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll("#app *")]
        .filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one.parentElement) && one.checkVisibility({ visibilityProperty: true }))
        .map((one) => one.outerHTML.slice(0, 80))
        .concat(document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : []);
})()`;

export const overflowOf = (page: OpenPage): Promise<string[]> => page.evaluate<string[]>(overflowing);

/** The smallest letters of the diagrams, in pixels; undefined where there is no diagram. */
const letters = `[...document.querySelectorAll(".mermaid svg :is(text, foreignObject span, foreignObject p)")]
    .map((one) => one.getBoundingClientRect().height).filter((height) => height > 0).sort((a, b) => a - b)[0]`;

export const lettersOf = (page: OpenPage): Promise<number | undefined> =>
    page.evaluate<number | undefined>(letters);

/** They are about the menu and the search button that VitePress brings. */
const ofVitePress = ["nested-interactive", "label-content-name-mismatch"];

/** Breaches of WCAG 2.1, levels A and AA, that a machine can find: `color-contrast: <a ...>: why`. */
export async function breachesOf(page: OpenPage): Promise<string[]> {
    if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(`${axe.source}; undefined`);
    const rules = Object.fromEntries(ofVitePress.map((name) => [name, { enabled: false }]));
    const options = {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
        rules,
        resultTypes: ["violations"],
    };
    // What fades in or out has another colour for a moment.
    return page.evaluate<string[]>(`Promise.allSettled(document.getAnimations().map((one) => one.finished))
        .then(() => axe.run(document, ${JSON.stringify(options)}))
        .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) =>
            id + ": " + html.slice(0, 100) + ": " + any.map(({ message }) => message.slice(0, 240)).join("; "))))`);
}

/** Resolves when `condition` holds in the page, which is asked at each frame that it draws. */
const until = (page: OpenPage, condition: string): Promise<boolean> =>
    page.evaluate<boolean>(
        `new Promise((holds) => { const look = () => ${condition} ? holds(true) : requestAnimationFrame(look); look(); })`,
    );

/** Vue has taken over the page, which has these colours, and its diagrams have them, too. */
export const shownIn = (page: OpenPage, scheme: "light" | "dark"): Promise<boolean> =>
    until(
        page,
        `(document.querySelector("#app")?.__vue_app__
            && document.documentElement.classList.contains("dark") === ${scheme === "dark"}
            && [...document.querySelectorAll(".mermaid")].every((one) => one.dataset.scheme === "${scheme}"))`,
    );

/** Addresses that the site's search finds for a word. */
export async function search(page: OpenPage, word: string): Promise<string[]> {
    await page.evaluate(`document.querySelector("#local-search button, .VPNavBarSearch button").click()`);
    await until(page, `document.querySelector("input.search-input")`);
    await page.evaluate(`(() => {
        const input = document.querySelector("input.search-input");
        input.value = ${JSON.stringify(word)};
        input.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);
    await until(page, `document.querySelector(".results a.result mark, .results .no-results")`);
    return page.evaluate<string[]>(
        `[...document.querySelectorAll(".results a.result")].map((one) => one.getAttribute("href"))`,
    );
}
