/** A collection has 64 fields; a list far beyond that, or a very long name, is not worth the time of a guess. */
const mostCandidates = 100;
const longestGuess = 64;

/** ` Did you mean "maxLength"?`, or an empty text when nothing is near. */
export function didYouMean(written: string, known: Iterable<string>): string {
    const nearest = closest(written, known);
    return nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
}

/** The known name nearest to what was written; how words are joined (`max_length`, `FLOAT_VECTOR`) does not count. */
export function closest(written: string, known: Iterable<string>): string | undefined {
    const plain = (name: string): string => name.replaceAll(/[_\-\s]/g, "").toLowerCase();
    let best: { name: string; distance: number } | undefined;
    for (const name of [...known].slice(0, mostCandidates)) {
        const longest = Math.max(written.length, name.length);
        if (longest > longestGuess) continue;
        // A name is a guess only when most of it is right.
        const distance = editDistance(plain(written), plain(name));
        if (distance <= Math.max(1, longest * 0.4) && distance < (best?.distance ?? Infinity))
            best = { name, distance };
    }
    return best?.name;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (const [line, letter] of a.split("").entries()) {
        const next = [line + 1];
        for (const [column, other] of b.split("").entries()) {
            next.push(
                Math.min(row[column]! + Number(letter !== other), row[column + 1]! + 1, next[column]! + 1),
            );
        }
        row = next;
    }
    return row.at(-1)!;
}
