import { oneLine } from "./oneLine";
import { widthOf } from "./width";

/** Where the lines of a comment end. */
const longest = 100;

/** Text as lines of a comment. What it quotes from a server ends no comment: nothing in it breaks a line. */
export function comment(text: string, mark: "//" | "#"): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of oneLine(text)
        .split(" ")
        .filter((one) => one !== "")) {
        const longer = line === "" ? word : `${line} ${word}`;
        if (line !== "" && widthOf(longer) > longest - 3) {
            lines.push(line);
            line = word;
        } else line = longer;
    }
    return [...lines, line].map((one) => `${mark} ${one}`.trimEnd());
}
