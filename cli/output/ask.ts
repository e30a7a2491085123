import { CommandError } from "../errors";
import type { Io } from "../io";
import type { Output } from "./output";

/**
 * Asks before something that cannot be undone. Errors: `MV501` where nobody can be asked, `MV502` where the answer is no.
 *
 * @param what as the question and the errors name it: `drop 2 collections`
 */
export async function askBefore(
    io: Io,
    output: Output,
    what: string,
    { yes = false }: { yes?: boolean },
): Promise<void> {
    if (yes) return;
    if (output.isJson || !io.canAsk)
        throw new CommandError(
            "MV501",
            `${what}: there is no terminal to ask on. No changes made. Add --yes to agree`,
        );
    // A module of ECMAScript alone, so that it cannot be imported in the other way before Node 20.19.
    const { confirm } = await import("@clack/prompts");
    const question = `${what[0]!.toUpperCase()}${what.slice(1)}?`;
    const answer = await confirm({
        message: question,
        initialValue: false,
        input: io.stdin,
        output: io.stdout,
        withGuide: false,
    });
    // Ctrl-C at a question is a symbol.
    if (answer !== true) throw new CommandError("MV502", `${what}: not agreed to. No changes made`);
}
