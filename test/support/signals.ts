/** Converts a signal to `exit`, so that the exit handlers end servers, engines and contenders. */
export function exitOnSignals(): void {
    const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
    for (const [name, number] of Object.entries(signals))
        process.once(name, () => process.exit(128 + number));
}

/** A lane of scripts/test.ts ends with that, which may be killed. */
export function exitWithParent(): void {
    if (!process.channel) return;
    process.once("disconnect", () => process.exit(1));
    // Who listens for it would wait for it.
    process.channel.unref();
}
