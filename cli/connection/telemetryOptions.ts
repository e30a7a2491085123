import { type Command, Option } from "commander";

import type { telemetrySettings } from "../../provider/resource/context/telemetrySettings";
import { flagOf } from "../output/wording";

/** What each option takes and means; the settings are those of the provider. */
const described: Readonly<Record<keyof typeof telemetrySettings, [value: string, meaning: string]>> = {
    metricsPort: ["port", "serve metrics for Prometheus while it runs, at /metrics; 0: any free port"],
    metricsAddress: ["address", "the interface of --metrics-port (default: 127.0.0.1; every one: 0.0.0.0)"],
};

export const telemetryNames = Object.keys(described) as (keyof typeof described)[];

/** For commands that move rows. */
export function addTelemetryOptions(command: Command): Command {
    for (const name of telemetryNames) {
        const [value, meaning] = described[name];
        command.addOption(new Option(`${flagOf(name)} <${value}>`, meaning).helpGroup("Metrics options:"));
    }
    return command;
}
