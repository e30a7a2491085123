import { Command } from "commander";

import { addConnectionOptions } from "./connection/options";
import { addOutputOptions } from "./output/options";

export interface CommandText {
    /** A line in the list of all commands. */
    summary: string;
    /** What it does, in sentences. */
    description: string;
    /** Command lines without `pulumi-milvus`, and what each is for. */
    examples: readonly (readonly [line: string, meaning: string])[];
}

/** A command with its help. The man page and the reference show its text, too. */
export class ToolCommand extends Command {
    /** The servers that it works on, by the prefix of their options. */
    private readonly servers: (string | undefined)[] = [];
    /** Whether it ends with a result, for people or for scripts. */
    hasResult = true;

    constructor(
        name: string,
        readonly text: CommandText,
    ) {
        super(name);
        this.summary(text.summary).description(text.description);
        this.addHelpText(
            "after",
            [
                "",
                "Examples:",
                ...text.examples.flatMap(([line, meaning]) => [`  # ${meaning}`, `  pulumi-milvus ${line}`]),
            ].join("\n"),
        );
    }

    /**
     * Works on a server, whose options it takes.
     *
     * @param prefix of the options of a second server: `target`
     */
    withConnection(prefix?: string): this {
        this.servers.push(prefix);
        return this;
    }

    /** Prints a file as it is, and no result: there is nothing that `--json` could print in another way. */
    printingAFile(): this {
        this.hasResult = false;
        return this;
    }

    /** Adds the options that others have, too, behind its own. */
    addSharedOptions(): void {
        if (this.hasResult) addOutputOptions(this);
        for (const prefix of this.servers) addConnectionOptions(this, prefix);
        this.helpOption("-h, --help", "print this help");
    }
}
