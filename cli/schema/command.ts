import type { Command } from "commander";

import { ToolCommand } from "../command";
import type { Io } from "../io";
import { jsonSchema } from "./document";

const text = {
    summary: "print the JSON Schema of schema files",
    description:
        "Prints the JSON Schema of the files that `alter` and `plan` read, for editors: they complete names and mark mistakes.",
    examples: [
        ["schema > milvus.schema.json", "write it to a file; `$schema` or a comment of the editor names it"],
    ],
} as const;

export function schemaCommand(io: Io): Command {
    return new ToolCommand("schema", text).printingAFile().action(() => {
        io.stdout.write(`${JSON.stringify(jsonSchema(), null, 4)}\n`);
    });
}
