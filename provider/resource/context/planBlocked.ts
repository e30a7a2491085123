import type { Capabilities } from "../../observe/state";
import type { Finding } from "../../plan/finding/finding";
import { indexLimits } from "../../plan/mapping/indexLimits";
import { serverLimits } from "../../plan/mapping/serverLimits";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";

/** What stands in the way of a plan, all of it at once. */
export function planBlocked(name: string, findings: readonly Finding[]): RunError {
    const errors = findings.filter(({ severity }) => severity === "error");
    const lines = errors.map((error) => `  ${findingText(error)}`);
    return new RunError("MV313", [`${name}: blocked; no changes made`, ...lines].join("\n"));
}

export function findingText({ path, message, fix, code }: Finding): string {
    return `${path}: ${message}${fix === undefined ? "" : ` ${fix}`} [${code}]`;
}

/** What a new collection asks for that its server lacks. */
export function unsupported(spec: Collection, capabilities: Capabilities): Finding[] {
    return [...serverLimits(spec, capabilities), ...indexLimits(spec.indexes, spec, capabilities)];
}

/** A new collection is no change that a preview could plan: what its server lacks is told before anything is created. */
export function requireSupported(name: string, spec: Collection, capabilities: Capabilities): void {
    const findings = unsupported(spec, capabilities);
    if (findings.length > 0) throw planBlocked(name, findings);
}
