import { expect } from "chai";

import { reportPage } from "../../../cli/report/page";
import { reportPlan } from "../../../cli/report/planSection";
import { examplePlan, exampleReport } from "./example";

const kinds = ["plan", "run", "differs", "state"] as const;
const voidElements = new Set(["meta", "!doctype"]);

/** Elements in their order; an end has a slash. */
const tagsOf = (page: string): string[] =>
    [...page.replace(/<style>.*<\/style>/s, "").matchAll(/<(\/?[a-z!][a-z0-9]*)([^>]*)>/gi)].flatMap(
        ([, name, rest]) => (rest!.endsWith("/") || voidElements.has(name!.toLowerCase()) ? [] : [name!]),
    );

describe("the page of a report", () => {
    for (const kind of kinds)
        it(`is whole HTML that loads nothing and runs nothing: ${kind}`, () => {
            const page = reportPage(exampleReport(kind));
            expect(page).to.not.match(/<(script|link|img|iframe|object|embed|base|form)\b/i);
            expect(page).to.not.match(/\s(src|href|on\w+)=|url\(|@import|javascript:/i);
            expect(page).to.include(`content="default-src 'none'; style-src 'unsafe-inline'"`);
            const open: string[] = [];
            for (const tag of tagsOf(page))
                if (!tag.startsWith("/")) open.push(tag);
                else expect(tag, open.join(" ")).to.equal(`/${open.pop()}`);
            expect(open).to.deep.equal([]);
        });

    it("holds what a server or a program says as text", () => {
        const page = reportPage({
            ...exampleReport(),
            title: '"><img src=x onerror=alert(1)>',
            facts: [["Server", "<b>milvus</b>"]],
        });
        for (const markup of ["<img", "<b>milvus", "<i>late", "<script"]) expect(page).to.not.include(markup);
        expect(page)
            .to.include("&lt;b&gt;milvus&lt;/b&gt;")
            .and.to.include("&lt;i&gt;late&lt;/i&gt; writers");
        // The description of the collection, in the line of its change.
        expect(page).to.include("&lt;script&gt;alert(1)");
    });

    it("says how it ended", () => {
        const stateOf = (kind: (typeof kinds)[number]) =>
            /<span class="state ?\w*">([^<]*)</.exec(reportPage(exampleReport(kind)))![1];
        expect(kinds.map(stateOf)).to.deep.equal([
            "planned, no changes made",
            "done",
            "stopped",
            "as it is now",
        ]);
        const run = reportPage(exampleReport("run"));
        expect(run).to.include("<b>Equal.</b>").and.to.include("1,234,567").and.to.include("rows copied");
        expect(run).to.match(/sha256:[0-9a-f]{64}/);
        const differs = reportPage(exampleReport("differs"));
        expect(differs).to.include("<b>The copy differs.</b>").and.to.include("[MV308]");
    });

    it("has a plan without changes, one that is blocked, and one without a hash", () => {
        const plan = examplePlan();
        const page = (given: object) =>
            reportPage({ ...exampleReport("plan"), plan: reportPlan({ ...plan, ...given }, "docs") });
        expect(page({ verdict: "none", changes: [], findings: [] })).to.include(
            'class="state good">no changes<',
        );
        expect(page({ verdict: "blocked" }))
            .to.include('class="state bad">blocked<')
            .and.to.not.include("sha256");
    });
});
