import type { Command } from "commander";

import { commandName } from "./commandName";
import type { Io } from "./io";
import type { OutputOptions } from "./output/options";
import { Output } from "./output/output";

/** The output of a command that runs. */
export const outputOf = (io: Io, command: Command): Output =>
    new Output(io, commandName(command), command.opts<OutputOptions & Record<string, unknown>>());
