import { stripVTControlCharacters } from "node:util";

/**
 * A line in as many as a terminal of this width needs, broken between words; the further ones are indented below the first.
 * A line of a list (`  - name: dropped`) is indented by what stands before its text. Colours take no room.
 */
export function wrapped(line: string, columns: number): string {
    const [indent = ""] = /^ *(?:[-+~] )?/.exec(stripVTControlCharacters(line)) ?? [];
    const below = " ".repeat(indent.length + 2);
    const lines: string[] = [];
    for (const word of line.split(" ")) {
        const last = lines.at(-1);
        // The last column stays free: some terminals begin a new line there.
        if (last !== undefined && room(`${last} ${word}`) < columns)
            lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(last === undefined ? word : below + word);
    }
    return lines.join("\n");
}

const room = (text: string): number => stripVTControlCharacters(text).length;
