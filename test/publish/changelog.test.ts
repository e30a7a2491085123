import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { kinds, notesOf, sectionsOf, withRelease } from "../../scripts/publish/changelog";
import { changelogProblems } from "../../scripts/publish/versions";

const repository = "https://example.com/a/b";
const first = `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One.\n\n[Unreleased]: ${repository}/commits/main\n`;
const released = withRelease(first, "0.1.0", "2026-12-01", repository);
const later = released.replace("## [Unreleased]\n", "## [Unreleased]\n\n### Fixed\n\n- Two.\n");

describe("CHANGELOG.md", () => {
    const text = readFileSync(join(__dirname, "..", "..", "CHANGELOG.md"), "utf8");

    it("has the form of Keep a Changelog, newest first", () => {
        const sections = sectionsOf(text);
        expect(sections[0]!.version).to.equal("Unreleased");
        for (const { version, date } of sections)
            expect(date === undefined, version).to.equal(version === "Unreleased");
        const dates = sections.slice(1).map(({ date }) => date!);
        expect(dates).to.deep.equal([...dates].sort().reverse());
        for (const { version } of sections) expect(text).to.include(`\n[${version}]: https://`);
        for (const [, kind] of text.matchAll(/^### (.*)$/gm)) expect(kinds).to.include(kind);
    });
});

describe("a changelog", () => {
    it("gives what is not released its version, a date and a link", () => {
        expect(sectionsOf(released)).to.deep.equal([
            { version: "Unreleased", date: undefined, text: "" },
            { version: "0.1.0", date: "2026-12-01", text: "### Added\n\n- One." },
        ]);
        expect(released).to.include(`[0.1.0]: ${repository}/releases/tag/v0.1.0`);
        const second = withRelease(later, "0.2.0", "2026-12-02", repository);
        expect(second).to.include(`[Unreleased]: ${repository}/compare/v0.2.0...HEAD`);
        expect(second).to.include(`[0.2.0]: ${repository}/compare/v0.1.0...v0.2.0`);
        expect(notesOf(second, "0.2.0")!.text).to.equal("### Fixed\n\n- Two.");
    });

    it("has the notes of a version, or of what becomes it", () => {
        expect(notesOf(first, "0.1.0")!.text).to.equal("### Added\n\n- One.");
        expect(notesOf(later, "0.1.0")!.text).to.equal("### Added\n\n- One.");
    });

    it("is refused with a heading of another form", () => {
        expect(() => sectionsOf("## 0.1.0 (unreleased)\n")).to.throw("neither [Unreleased] nor");
    });

    for (const [title, text, version, isTagged, problem] of [
        ["takes a version that is not released yet", first, "0.1.0", false, undefined],
        ["takes a version that is", released, "0.1.0", true, undefined],
        ["refuses a tag without a section", first, "0.1.0", true, "has no section [0.1.0]"],
        ["refuses a tag of another version", released, "0.2.0", true, "ends at 0.1.0"],
        ["refuses changes behind a version", later, "0.1.0", false, "0.1.0 is released already"],
        ["refuses a version without changes", released, "0.2.0", false, "says nothing about 0.2.0"],
    ] as const)
        it(title, () => {
            const problems = changelogProblems(text, version, isTagged);
            if (problem === undefined) expect(problems).to.deep.equal([]);
            else
                expect(problems)
                    .to.have.length(1)
                    .and.satisfy(([one]: string[]) => one!.includes(problem));
        });
});
