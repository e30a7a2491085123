import { progressPrinter } from "../../migration/progressPrinter";
import type { Report } from "../../migration/report";
import { parseOwner } from "../session/owner";
import type { Context } from "./context";

/**
 * Where the progress of a resource's migration goes: to what the adapter shows it with, else as lines.
 *
 * @param owner whose migration is measured, where somebody asked for metrics or spans; undefined: nothing is
 */
export function reportOf(
    { report, print, session }: Pick<Context, "report" | "print" | "session">,
    name: string,
    owner?: string,
): Report {
    const shown = report?.(name) ?? progressPrinter(name, print);
    return owner === undefined ? shown : measured(shown, { session }, name, owner);
}

/** The same report, which is measured as well where somebody asked for metrics or spans. */
export function measured(
    shown: Report,
    { session }: Pick<Context, "session">,
    name: string,
    owner: string,
): Report {
    const [project = "", stack = ""] = parseOwner(owner).stack.split("/");
    const meter = session.telemetry.meterOf({ project, stack, collection: name });
    if (!meter) return shown;
    return {
        say: (line) => shown.say(line),
        progress: (progress) => {
            meter.progress(progress);
            shown.progress(progress);
        },
        ...(shown.gate && { gate: (outcome) => shown.gate?.(outcome) }),
        measure: meter,
    };
}
