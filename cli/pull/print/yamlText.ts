import { escaped } from "../../../provider/plan/render/literal";

/** Words that some reader of YAML takes for something else than text. */
const words = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/** Text that is the same without quotes, for every reader. */
const plain = /^[A-Za-z_][A-Za-z0-9_./]*(-[A-Za-z0-9_./]+)*$/;

/** A text as YAML, as prettier quotes it. */
export function yamlText(text: string): string {
    if (plain.test(text) && !words.test(text)) return text;
    const inside = escaped(JSON.stringify(text).slice(1, -1));
    // Prettier prefers single quotes where double ones are the only escapes.
    const isSingle = inside.includes('\\"') && !/\\[^"]/.test(inside);
    return isSingle ? `'${text.replaceAll("'", "''")}'` : `"${inside}"`;
}

/** Pulumi reads `${docs.name}` in a text as a reference, and `$$` as a dollar. */
export const withoutReferences = (text: string): string => text.replaceAll("$", "$$$$");
