import { disposeServers } from "./servers";
import { exitOnSignals } from "./signals";

export function mochaGlobalSetup(): void {
    exitOnSignals();
}

export function mochaGlobalTeardown(): Promise<void> {
    return disposeServers();
}
