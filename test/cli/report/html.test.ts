import { expect } from "chai";
import fc from "fast-check";

import { html } from "../../../cli/report/html";

/** As a browser reads it. */
const read = (text: string): string =>
    text
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");

describe("the HTML of a report", () => {
    it("holds any text as text, in an element and in an attribute", () => {
        const letters = fc.constantFrom(..."<>&\"'/=` abc\n;#39".split(""));
        const texts = fc.oneof(fc.string(), fc.string({ unit: letters }), fc.string({ unit: "grapheme" }));
        fc.assert(
            fc.property(texts, (text) => {
                const { text: made } = html`<p title="${text}">${text}</p>`;
                const [, attribute, content] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(made) ?? [];
                expect(attribute, made).to.be.a("string");
                expect(content).to.equal(attribute);
                const shown = read(content!);
                // Control characters alone are not shown as they are.
                expect(shown.replaceAll("\ufffd", "")).to.equal(
                    text.replace(
                        /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/g,
                        "",
                    ),
                );
            }),
        );
    });

    it("takes HTML, lists of it, and nothing", () => {
        const items = ["a", "<b>"].map((one) => html`<li>${one}</li>`);
        const parts = [items, false, undefined, null, 0] as const;
        expect(html`${parts}`.text).to.equal("<li>a</li><li>&lt;b&gt;</li>0");
    });

    it("shows what would turn the direction of a line", () => {
        expect(html`${"docs\u202egnp.exe"}`.text).to.equal("docs\ufffdgnp.exe");
    });
});
