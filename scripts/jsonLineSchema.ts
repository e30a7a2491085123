import { z } from "zod";

import { JsonLine } from "../cli/results";

/** The JSON Schema of a line of `--json`. */
export const jsonLineSchema = (): string =>
    `${JSON.stringify({ title: "pulumi-milvus --json", ...z.toJSONSchema(JsonLine) }, null, 4)}\n`;
