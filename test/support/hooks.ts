import { disposeServers, whenOneCrashes } from "./servers";
import { exitOnSignals, exitWithParent } from "./signals";
import { startWatchdog } from "./watchdog";

/**
 * Milvus 2.3.5 looks once a second what there is to load; stories would wait for it 3.5 s instead of 1.7 s each time. A
 * strong read waits for the next tick of the time, by itself for 200 ms and more.
 */
const ticks = {
    PROXY_TIMETICKINTERVAL: "50",
    QUERYCOORD_CHECKINTERVAL: "100",
    QUERYCOORD_CHECKCHANNELINTERVAL: "100",
    QUERYCOORD_CHECKSEGMENTINTERVAL: "100",
    QUERYCOORD_DISTPULLINTERVAL: "100",
    INDEXCOORD_SCHEDULER_INTERVAL: "100",
};

export function mochaGlobalSetup(): void {
    exitOnSignals();
    exitWithParent();
    startWatchdog();
    for (const [name, value] of Object.entries(ticks)) process.env[name] ??= value;
}

export function mochaGlobalTeardown(): Promise<void> {
    return disposeServers();
}

/** A test whose server ends by itself is repeated once, on the server started again; the end of the run tells of it. */
export const mochaHooks = {
    beforeEach(this: Mocha.Context): void {
        const story = this.currentTest;
        whenOneCrashes(() => story?.retries(1));
    },
};
