/** A sequence that a terminal reads, with its number and its letter: `ESC [ 2 A`. */
const sequence = /^\x1b\[([?\d;]*)([A-Za-z])/;

/** What a terminal shows of what was written to it: enough of one for lines, and for a bar that is drawn again. */
class Terminal {
    private readonly lines: string[][] = [[]];
    private row = 0;
    private column = 0;

    constructor(private readonly columns: number) {}

    /** The screen, with everything that has left it at the top. */
    get screen(): string[] {
        const lines = this.lines.map((cells) =>
            Array.from(cells, (cell) => cell ?? " ")
                .join("")
                .trimEnd(),
        );
        while (lines.at(-1) === "") lines.pop();
        return lines;
    }

    write(text: string): void {
        for (let rest = text; rest !== "";) {
            const match = sequence.exec(rest);
            if (match) this.obey(Number(match[1]!.split(";")[0] || "1"), match[2]!);
            else this.put(rest[0]!);
            rest = rest.slice(match ? match[0].length : 1);
        }
    }

    private obey(count: number, letter: string): void {
        const moves: Record<string, () => void> = {
            A: () => (this.row = Math.max(0, this.row - count)),
            B: () => this.goTo(this.row + count),
            C: () => (this.column += count),
            D: () => (this.column = Math.max(0, this.column - count)),
            G: () => (this.column = count - 1),
            // 1: to the right of the cursor is 0 in the sequence, which counts as left out.
            K: () => void this.line.splice(this.column),
            J: () => {
                this.line.splice(this.column);
                this.lines.splice(this.row + 1);
            },
        };
        moves[letter]?.();
    }

    private put(letter: string): void {
        if (letter === "\n") {
            this.goTo(this.row + 1);
            this.column = 0;
        } else if (letter === "\r") this.column = 0;
        else {
            if (this.column >= this.columns) {
                this.goTo(this.row + 1);
                this.column = 0;
            }
            this.line[this.column++] = letter;
        }
    }

    private get line(): string[] {
        return this.lines[this.row]!;
    }

    private goTo(row: number): void {
        this.row = row;
        while (this.lines.length <= row) this.lines.push([]);
    }
}

/** The screen at the end, and the first one with a line that `isShown` finds. */
export function recorded(
    text: string,
    columns: number,
    isShown: (line: string) => boolean,
): { end: string[]; during: string[] | undefined } {
    const terminal = new Terminal(columns);
    let during: string[] | undefined;
    // A bar is drawn as a whole, and then the cursor goes to its begin.
    for (const part of text.split(/(?<=\n|\x1b\[1G)/)) {
        terminal.write(part);
        if (!during && terminal.screen.some(isShown)) during = terminal.screen;
    }
    return { end: terminal.screen, during };
}
