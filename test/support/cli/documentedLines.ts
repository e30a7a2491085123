import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

const file = join(__dirname, "../../../docs/reference/command.schema.json");

/** The JSON Schema that users have. */
const published = JSON.parse(readFileSync(file, "utf8")) as { anyOf: Branch[] };

type Branch = z.core.JSONSchema.JSONSchema & {
    properties: { type: { const: string }; command: { const?: string } };
};

/** The lines of `--json`. Fails for one that the published schema does not describe. */
export function documentedLines(text: string): Record<string, unknown>[] {
    const lines = linesOf(text);
    for (const line of lines) schemaOf(line).parse(line);
    return lines;
}

/** The part about such a line, whose errors say more than those of the whole. */
function schemaOf({ type, command }: Record<string, unknown>): z.ZodType {
    const branch = published.anyOf.find(
        ({ properties: { type: is, command: of } }) =>
            is.const === type && (of.const === undefined || of.const === command),
    );
    if (!branch)
        throw new Error(`docs/reference/command.schema.json has no ${String(type)} of ${String(command)}`);
    return z.fromJSONSchema(branch);
}

export const linesOf = (text: string): Record<string, unknown>[] =>
    text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
