/** A `##` section of CHANGELOG.md. */
export interface Section {
    /** A version, or `Unreleased`. */
    version: string;
    /** `YYYY-MM-DD`; undefined for what is not released. */
    date: string | undefined;
    /** Without its heading. */
    text: string;
}

/** The kinds of change of Keep a Changelog 1.1.0 (keepachangelog.com). */
export const kinds: readonly string[] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

const heading = /^## \[(Unreleased|\d+\.\d+\.\d+(?:-[\w.]+)?)\](?: - (\d{4}-\d{2}-\d{2}))?$/;
const links = /\n\[[^\]]+\]: \S+/g;

/**
 * The sections of a changelog, in its order.
 * @throws Error for a heading of another form.
 */
export function sectionsOf(changelog: string): Section[] {
    const texts = changelog.replace(links, "").split(/^(?=## )/m);
    return texts
        .filter((text) => text.startsWith("## "))
        .map((text) => {
            const [line = "", ...rest] = text.split("\n");
            const found = heading.exec(line);
            if (!found)
                throw new Error(`CHANGELOG.md: "${line}" is neither [Unreleased] nor [VERSION] - YYYY-MM-DD`);
            return { version: found[1]!, date: found[2], text: rest.join("\n").trim() };
        });
}

/** The notes of a version: its own section, or that of what is not released yet, which becomes this version. */
export function notesOf(changelog: string, version: string): Section | undefined {
    const sections = sectionsOf(changelog);
    const of = (name: string) => sections.find((section) => section.version === name);
    return of(version) ?? of("Unreleased");
}

/** The changelog in which what is not released has become a version. */
export function withRelease(changelog: string, version: string, date: string, repository: string): string {
    const before = sectionsOf(changelog).find((section) => section.version !== "Unreleased")?.version;
    const range = before === undefined ? `releases/tag/v${version}` : `compare/v${before}...v${version}`;
    return changelog
        .replace(/^## \[Unreleased\]$/m, `## [Unreleased]\n\n## [${version}] - ${date}`)
        .replace(
            /^\[Unreleased\]: .*$/m,
            `[Unreleased]: ${repository}/compare/v${version}...HEAD\n[${version}]: ${repository}/${range}`,
        );
}
