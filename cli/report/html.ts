/** Text that is HTML already. */
export class Html {
    constructor(readonly text: string) {}
}

type Part = string | number | Html | null | undefined | false | readonly Part[];

/** HTML in which every value is text, unless it is HTML itself: what a server or a program says cannot become markup. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
    return new Html(texts.map((text, place) => `${text}${textOf(parts[place])}`).join(""));
}

function textOf(part: Part): string {
    if (part === undefined || part === null || part === false) return "";
    if (part instanceof Html) return part.text;
    if (typeof part === "object") return part.map(textOf).join("");
    return escaped(String(part));
}

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/** Control characters, and those that turn the direction of what follows, are shown and not obeyed. */
const escaped = (text: string): string =>
    text
        .replace(/[&<>"']/g, (letter) => entities[letter]!)
        .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
