import type { Context } from "./context";

/** Checks run several times in one process; a warning is worth one line. */
export function warnOnce(
    { print, session: { warned } }: Context,
    { path, message, code }: { path: string; message: string; code: string },
): void {
    const line = `warning: ${path}: ${message} [${code}]`;
    if (!warned.has(line)) print(line);
    warned.add(line);
}
