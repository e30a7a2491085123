import { Command } from "commander";

import { abortCommand } from "./abort/command";
import { aliasesCommand } from "./aliases/command";
import { alterCommand } from "./alter/command";
import { cleanupCommand } from "./cleanup/command";
import { ToolCommand } from "./command";
import { completionCommand } from "./completion/command";
import { doctorCommand } from "./doctor/command";
import type { Io } from "./io";
import { pauseCommand, resumeCommand } from "./pause/command";
import { planCommand } from "./plan/command";
import { pullCommand } from "./pull/command";
import { rollbackCommand } from "./rollback/command";
import { schemaCommand } from "./schema/command";
import { statusCommand } from "./status/command";
import { verifyCommand } from "./verify/command";
import { workCommand } from "./work/command";

/** The families of commands, in the order of the help. */
const families: readonly ((io: Io) => Command)[] = [
    pullCommand,
    planCommand,
    alterCommand,
    verifyCommand,
    schemaCommand,
    statusCommand,
    pauseCommand,
    resumeCommand,
    abortCommand,
    rollbackCommand,
    workCommand,
    cleanupCommand,
    aliasesCommand,
    doctorCommand,
    completionCommand,
];

/** All commands; the help, the reference, the man page and the completion are made from them. */
export function buildProgram(io: Io, version: string): Command {
    const program = new Command("pulumi-milvus")
        .description("Looks after Milvus collections: on the same core as the Pulumi provider for Milvus.")
        .version(version, "-V, --version", "print the version")
        .helpOption("-h, --help", "print the help of a command")
        .helpCommand("help [command]", "print the help of a command");
    for (const family of families) program.addCommand(family(io));
    configure(program, io);
    return program;
}

/** Output goes where the command's goes, and no command ends the process itself. */
function configure(command: Command, io: Io): void {
    if (command instanceof ToolCommand) command.addSharedOptions();
    command.exitOverride().configureOutput({
        writeOut: (text) => void io.stdout.write(text),
        writeErr: (text) => void io.stderr.write(text),
        // The error that is thrown as well says it, with a code.
        outputError: () => undefined,
        getOutHelpWidth: () => Math.min(io.columns(), 120),
        getErrHelpWidth: () => Math.min(io.columns(), 120),
        getOutHasColors: () => false,
        getErrHasColors: () => false,
    });
    for (const inner of command.commands) configure(inner, io);
}
