import type { Command } from "commander";

import { ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { withServer } from "../connection/withServer";
import type { Io } from "../io";
import { outputOf } from "../outputOf";
import { examine } from "./examine";
import { examinationLines } from "./text";

const text = {
    summary: "check the connection and the rights, and say what the server can do",
    description:
        "Connects to the server, and says its version, what the user may do of what the provider needs (docs/security.md), what limits the database has, and which changes this server makes in place; all others migrate the rows. Changes nothing: it asks for names that no collection has.",
    examples: [
        ["doctor --address milvus.example:19530 --token-file token.txt", "check a server"],
        ["doctor --stack=prod", "check the server and the user of a Pulumi stack"],
        ["doctor --json", "check the server of MILVUS_ADDRESS, for a script"],
    ],
} as const;

export function doctorCommand(io: Io): Command {
    return new ToolCommand("doctor", text)
        .withConnection()
        .action(async (options: ConnectionOptions, command: Command) => {
            const output = outputOf(io, command);
            await withServer({ io, output }, options, async (connected) => {
                const seen = await examine(connected);
                output.result(seen, () => examinationLines(seen, output.style));
            });
        });
}
