/** Limits the cost of a guess: a collection has at most 64 fields, and names are short. */
const mostCandidates = 100;
const longestGuess = 64;

/** ` Did you mean "maxLength"?`, or an empty text when no known name is similar. */
export function didYouMean(written: string, known: Iterable<string>): string {
    const nearest = closest(written, known);
    return nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
}

/**
 * The known name most similar to the written one. Case, underscores and hyphens are ignored (`max_length`,
 * `FLOAT_VECTOR`).
 */
export function closest(written: string, known: Iterable<string>): string | undefined {
    const plain = (name: string): string => name.replaceAll(/[_\-\s]/g, "").toLowerCase();
    let best: { name: string; distance: number } | undefined;
    for (const name of [...known].slice(0, mostCandidates)) {
        const longest = Math.max(written.length, name.length);
        if (longest > longestGuess) continue;
        // At most 40 percent of a guessed name may differ.
        const distance = editDistance(plain(written), plain(name));
        if (distance <= Math.max(1, longest * 0.4) && distance < (best?.distance ?? Infinity))
            best = { name, distance };
    }
    return best?.name;
}

/** The Levenshtein distance, computed row by row. */
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
