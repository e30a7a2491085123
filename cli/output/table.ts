import type { Style } from "./output";

/** Lines with the cells of each column under each other. */
export function table(
    style: Style,
    heads: readonly string[],
    rows: readonly (readonly string[])[],
): string[] {
    const widths = heads.map((head, place) =>
        Math.max(head.length, ...rows.map((row) => row[place]?.length ?? 0)),
    );
    const line = (cells: readonly string[]) =>
        cells
            .map((cell, place) => cell.padEnd(widths[place]!))
            .join("  ")
            .trimEnd();
    return [style.dim(line(heads)), ...rows.map(line)];
}
