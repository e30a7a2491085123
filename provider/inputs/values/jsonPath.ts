/** A path inside the JSON of a row: the JSON field, or `$meta` for the dynamic field, and the keys. */
export interface JsonPath {
    field: string;
    path: string[];
}

const head = /^(?:\$meta|[A-Za-z_]\w*)/;
const step = /\.([A-Za-z_$][\w$-]*)|\[("(?:[^"\\]|\\.)*")\]/y;

/** Parses `$meta.lang`, `metadata.author.name` or `metadata["a key"].page`; undefined where the text is not a JSON path. */
export function parseJsonPath(text: string): JsonPath | undefined {
    const field = head.exec(text)?.[0];
    if (field === undefined) return undefined;
    const path: string[] = [];
    let at = field.length;
    while (at < text.length) {
        step.lastIndex = at;
        const found = step.exec(text);
        const key = found?.[1] ?? quoted(found?.[2]);
        if (key === undefined) return undefined;
        path.push(key);
        at = step.lastIndex;
    }
    return path.length === 0 ? undefined : { field, path };
}

function quoted(text: string | undefined): string | undefined {
    try {
        return text === undefined ? undefined : (JSON.parse(text) as string);
    } catch {
        return undefined;
    }
}
