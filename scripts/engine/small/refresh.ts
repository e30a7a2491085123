import type { Result } from "../stack";
import { inSession, type Session, type Setting } from "./session";
import { isProvider } from "./providers";
import { same } from "./values";
import type { Resource } from "./vault";

/** Reads each resource; one that is read without an id is gone. Without the program. */
export function refresh(setting: Setting): Promise<Result> {
    return inSession(setting, async (session) => {
        const { vault } = setting;
        const now = await Promise.all(vault.load().map((resource) => read(resource, session)));
        vault.save(now.filter((resource) => resource !== undefined));
        return true;
    });
}

async function read(old: Resource, { providers, report }: Session): Promise<Resource | undefined> {
    if (!old.custom || isProvider(old.type) || old.pendingReplacement) return old;
    const provider = await providers.of(old);
    const found = await provider.read(old.urn, old.id, old);
    if (!found.id) {
        report.count("delete");
        return undefined;
    }
    const inputs = found.inputs ?? old.inputs;
    const { outputs } = found;
    // What an `up` of the same program would now find to do.
    const diff = await provider.diff(old.urn, found.id, { inputs, outputs }, old.inputs);
    const changed = diff.changes === "some" || (diff.changes === "unknown" && !same(inputs, old.inputs));
    report.count(changed ? "update" : "same");
    return { ...old, id: found.id, inputs, outputs, initErrors: [] };
}
