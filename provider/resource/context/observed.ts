import type { Context } from "./context";

/** Does the work of a call that changes something, and shows it to those who asked for metrics or spans of the run. */
export async function observed<T>(context: Context, work: () => Promise<T>): Promise<T> {
    const settings = context.telemetry?.();
    if (!settings) return work();
    const { telemetry } = context.session;
    const print = (line: string) => context.print(line);
    await telemetry.open(settings, print);
    try {
        return await work();
    } finally {
        await telemetry.settled(print);
    }
}
