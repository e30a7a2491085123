/** Letters that take two columns: of East Asia, and pictures. Source: Unicode, EastAsianWidth.txt (W and F), and emoji. */
const wide =
    /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6fc}\u{1f900}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
    if (/^[ -~]*$/.test(text)) return text.length;
    let columns = 0;
    for (const letter of text) if (!/\p{Mark}/u.test(letter)) columns += wide.test(letter) ? 2 : 1;
    return columns;
}
