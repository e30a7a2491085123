import type { Collection } from "../spec/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { Path } from "./path";
import type { Update } from "./update";
import { arrange } from "./update";

/** The steps that change a collection in place, with one release and one load around those that need them. */
export function updatesOf(
    paths: readonly Path[],
    source: ObservedCollection,
    target: Collection,
): { updates: Update[]; findings: Finding[] } {
    const updates = paths.flatMap((path) => (path.via === "update" ? path.updates : []));
    const findings = paths.flatMap((path) => (path.via === "migrate" ? [] : (path.findings ?? [])));
    const loaded = source.loadState !== "not-loaded";
    if (paths.some((path) => path.via === "update" && path.released)) {
        if (loaded) updates.push({ kind: "release" });
        if (target.load !== undefined) updates.push({ kind: "load", load: target.load });
        if (loaded && target.load !== undefined) {
            const message = "Searches fail from the release until the collection is loaded again.";
            findings.push(finding("MV124", "load", message));
        }
    }
    return { updates: arrange(updates), findings };
}
