import { type Command, CommanderError } from "commander";

import { withCode } from "../provider/resource/context/withCode";
import { commandName } from "./commandName";
import { CommandError } from "./errors";
import { exitCodes, type ExitCode, type Io } from "./io";
import { Output } from "./output/output";
import { inWordsOfTheCommand } from "./output/wording";
import { outputOf } from "./outputOf";
import { buildProgram } from "./program";

/**
 * Runs a command line, without the names of node and of the program. Never throws: an error is printed with its code, and
 * the exit code tells of it.
 */
export async function run(argv: readonly string[], io: Io, version: string): Promise<ExitCode> {
    const program = buildProgram(io, version);
    let running: Command | undefined;
    program.hook("preAction", (_program, command) => void (running = command));
    try {
        await program.parseAsync(argv, { from: "user" });
        return io.exitCode;
    } catch (error) {
        // `--help` and `--version` are thrown as well.
        if (error instanceof CommanderError) {
            if (error.exitCode === 0) return exitCodes.done;
            // Commander has exit codes of its own.
            error.exitCode = exitCodes.error;
        }
        const output = running ? outputOf(io, running) : outputBefore(io, argv);
        const failure = coded(error, running ? commandName(running) : "");
        output.error({ code: codeOf(failure), message: inWordsOfTheCommand(failure.message) });
        return (error as { exitCode?: ExitCode }).exitCode ?? exitCodes.error;
    }
}

/** The output of a command line that could not be read. */
const outputBefore = (io: Io, argv: readonly string[]): Output =>
    new Output(io, "", { json: argv.includes("--json"), color: !argv.includes("--no-color") });

function coded(error: unknown, command: string): Error {
    if (error instanceof CommandError) return error;
    if (!(error instanceof CommanderError)) return withCode(error);
    // Without a command, commander prints the help and throws a text of its own.
    if (error.code === "commander.help") return new CommandError("MV500", "a command is missing");
    const [text = "", ...hint] = error.message.replace(/^error: /, "").split("\n");
    const help = `pulumi-milvus ${command === "" ? "" : `${command} `}--help`;
    return new CommandError("MV500", `${[text, ...hint].join(" ")}. \`${help}\` lists what there is`);
}

const codeOf = (error: Error): string | undefined => (error as { code?: string }).code;
