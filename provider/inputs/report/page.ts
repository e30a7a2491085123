/** Where the pages of docs/ are published. */
const site = "https://pulumi-milvus.github.io/pulumi-milvus";

/** The section of docs/findings.md about a code. */
export const pageOf = (code: string): string => `${site}/findings#${code.toLowerCase()}`;

/** The last line of a message: where its code is explained. */
export const seePage = (code: string): string => `see: ${pageOf(code)}`;

/** The codes that a message has in brackets, each once. */
export const codesIn = (message: string): string[] => [
    ...new Set([...message.matchAll(/\[(MV\d{3})\]/g)].map(([, code]) => code!)),
];

/**
 * A message as a person gets it: below it, the pages of its codes. The adapters add them to what leaves the core, so that a
 * message within it ends with its code.
 *
 * @param told codes whose pages stand above already; those of this message are added
 */
export function withPages(message: string, told = new Set<string>()): string {
    const pages = codesIn(message).filter((code) => !told.has(code));
    for (const code of pages) told.add(code);
    const lines = pages.map((code) => `  ${seePage(code)}`);
    // The same error may come twice: a check that several resources wait for fails once.
    return [message, ...lines.filter((line) => !message.includes(line))].join("\n");
}

/** The reasons of a check that fails, each page once among them. */
export function reasonsWithPages<Failure extends { reason: string }>(
    failures: readonly Failure[],
): Failure[] {
    const told = new Set<string>();
    return failures.map((failure) => ({ ...failure, reason: withPages(failure.reason, told) }));
}

/** A line of the core: a warning gets the pages of its codes. A plan has its own lines for them, and a note none. */
export const lineWithPages = (line: string): string =>
    line.startsWith("warning: ") ? withPages(line) : line;
