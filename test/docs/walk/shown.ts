/** Generated names, in the order in which a page shows them. */
const hashes = ["7529f88", "ba4d643", "3fa9c1d", "dd7cb42", "02c434d", "e81a0b6"];

/**
 * The output of the commands of a page as the page shows it: of `pulumi` the end, from its diagnostics on, without what differs from
 * run to run. One for each page, because a name that comes again is the same one.
 */
export function shownOutput(): (text: string) => string {
    const names = new Map<string, string>();
    const stableName = (name: string, prefix: string, hash: string) => {
        if (!names.has(hash)) names.set(hash, hashes[names.size] ?? hash);
        return name === "" ? "" : `${prefix}_${names.get(hash)!}`;
    };
    return (text) =>
        ofPulumi(inOrder(text.replace(/\r/g, "")).split("\n"))
            .filter(
                (line) =>
                    !/: copied [\d,]+ of|^\s+(copied|verified|indexed|loaded) [\d,]+ (of|%)|: (verified|indexed) [\d,]+ of/.test(
                        line,
                    ),
            )
            .filter(
                (line) =>
                    !/^The resources in the stack have been|^If you want to remove the stack/.test(line),
            )
            .filter((line) => !/^Created stack /.test(line))
            .filter((line) => !/is not loaded: loading it|^Duration:/.test(line))
            .map((line) => line.trimEnd())
            .join("\n")
            .replace(/\b([a-z]\w*)_([0-9a-f]{7})\b/g, stableName)
            .replace(/time: about \d+ (s|min)/g, "time: about 5 s")
            .replace(/value by value in \d+ (s|min)/g, "value by value in 1 s")
            .replace(/\n{3,}/g, "\n\n")
            .trim();
}

/** Its lines of progress are another form of what it says at the end. */
function ofPulumi(lines: readonly string[]): readonly string[] {
    let isProgress = false;
    return lines.filter((line) => {
        if (/^(Updating|Previewing|Refreshing|Destroying) /.test(line)) isProgress = true;
        if (/^(Diagnostics|Outputs|Resources):/.test(line)) isProgress = false;
        return !isProgress;
    });
}

/** Pulumi prints its diagnostics a resource in any order, and the messages of the stack as well: here the stack comes last. */
function inOrder(text: string): string {
    return text.replace(/^Diagnostics:\n((?:(?: .*)?\n)+?)(?=\S)/gm, (_all, body: string) => {
        const parts = body.split(/^(?= {2}\S.*\):$)/m).map((part) => part.trimEnd());
        const isStack = (part: string) => part.startsWith("  pulumi:pulumi:Stack");
        const own = parts.filter((part) => part !== "" && !isStack(part)).sort(reversed);
        const stack = parts.filter(isStack).map((part) => {
            const [heading, ...messages] = part.split("\n").filter((line) => line.trim() !== "");
            return [heading, ...messages.sort()].join("\n");
        });
        return `Diagnostics:\n${[...own, ...stack].join("\n\n")}\n\n`;
    });
}

/** A collection before its alias. */
const reversed = (one: string, other: string): number => (one > other ? -1 : 1);
