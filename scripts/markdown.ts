/** Renders a Markdown table; prettier aligns it. */
export function table(heads: string[], rows: string[][]): string {
    const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
    return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Formats text for one cell: a bar outside of code would end it. */
export function line(text: string): string {
    return text.replaceAll("|", "\\|");
}

export function code(text: string): string {
    return `\`${line(text)}\``;
}
