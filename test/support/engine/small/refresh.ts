import type { Result } from "../stack";
import { inSession, type Session, type Setting } from "./session";
import { annotateSecrets, reveal, same } from "./values";
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

async function read(old: Resource, { provider, report }: Session): Promise<Resource | undefined> {
    if (!old.custom || old.pendingReplacement) return old;
    const found = await (await provider()).read(old.urn, old.id, reveal(old.outputs));
    if (!found.id) {
        report.count("delete");
        return undefined;
    }
    const inputs = found.inputs ? annotateSecrets(found.inputs, old.inputs) : old.inputs;
    const outputs = annotateSecrets(annotateSecrets(found.outputs, old.inputs), old.outputs);
    // What an `up` of the same program would now find to do.
    const diff = await (await provider()).diff(old.urn, found.id, reveal(outputs), reveal(old.inputs));
    const changed = diff.changes === "some" || (diff.changes === "unknown" && !same(inputs, old.inputs));
    report.count(changed ? "update" : "same");
    return { ...old, id: found.id, inputs, outputs, initErrors: [] };
}
