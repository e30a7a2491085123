/** Converts a signal to `exit`, so that the exit handlers end servers, engines and contenders. */
export function exitOnSignals(): void {
    const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
    for (const [name, number] of Object.entries(signals))
        process.once(name, () => process.exit(128 + number));
}
