import { randomBytes } from "node:crypto";

import type { Report } from "../result";
import type { Autonaming } from "./autonaming";
import type { Goal } from "./goal";
import type { Provider } from "./provider";
import { isProvider, type Providers } from "./providers";
import type { Resource } from "./vault";
import { same, unknown, type Properties } from "./values";

/** What is to be done about a goal. */
type Step =
    | { kind: "create" }
    | { kind: "import" }
    | { kind: "same"; old: Resource }
    | { kind: "update"; old: Resource }
    | { kind: "replace"; old: Resource; deleteFirst: boolean };

export interface Plan {
    step: Step;
    /** The resource as it shall be; its id and outputs come with the step. */
    target: Resource;
    /** A preview goes on after these, to show all there is to see, and fails at its end. */
    errors: string[];
}

/** The program's fault: told in the report already. */
export class Invalid extends Error {}

export interface PlanContext {
    report: Report;
    providers: Providers;
    autonaming: Autonaming;
    /** It is replaced, whatever a diff would say (`--replace`). */
    unasked: boolean;
}

/** Asks the provider: check, diff, and for a replacement check again, without the old inputs. */
export async function plan(
    goal: Goal,
    olds: Resource[],
    { report, unasked, providers, autonaming }: PlanContext,
): Promise<Plan> {
    const names = [goal.urn, ...goal.aliases];
    let old = names.flatMap((urn) => olds.filter((was) => was.urn === urn && !was.delete)).at(0);
    const target = targetOf(goal);
    if (!goal.custom) return { target, step: old ? { kind: "same", old } : { kind: "create" }, errors: [] };
    if (isProvider(goal.type)) return planProvider(goal, old, { report, providers });

    const provider = await providers.of(target);
    // The same in all checks of a resource; an operation by a saved plan has that of its preview.
    const seed = randomBytes(32);
    const named = autonaming(goal.urn, seed);
    const options = { seed, autonaming: named?.options };
    const check = async (oldInputs: Properties, newInputs: Properties) => {
        const result = await provider.check(goal.urn, oldInputs, newInputs, options);
        if (tellFailures(goal, result.failures, result.inputs, report)) throw new Invalid();
        return result.inputs;
    };
    const isImport = goal.importId !== "" && old?.id !== goal.importId;
    if (isImport) {
        if (old) throw new Error(`the test engine does not import over ${goal.urn}`);
        // From here on as one that is in the state already.
        old = await imported(goal, target, provider);
    }
    if (!old) {
        target.inputs = await check({}, goal.inputs);
        return { target, step: { kind: "create" }, errors: [] };
    }
    target.inputs = await check(unasked ? {} : old.inputs, keepIgnored(goal, old));
    const diff = unasked
        ? { changes: "some", replaces: ["id"], deleteBeforeReplace: false, places: [] }
        : await provider.diff(goal.urn, old.id, old, target.inputs);
    for (const place of diff.places) report.tellPlace(goal.urn, place);
    const changed =
        diff.changes === "some" || (diff.changes === "unknown" && !same(old.inputs, target.inputs));
    if ((changed && diff.replaces.length > 0) || old.pendingReplacement) {
        const errors = goal.protect && old.protect ? [protectedFrom(goal.urn)] : [];
        target.inputs = await check({}, goal.inputs);
        const deleteFirst = named?.deletesFirst ?? goal.deleteBeforeReplace ?? diff.deleteBeforeReplace;
        if (deleteFirst) await refuseDependents(old, olds, providers);
        return { target, step: { kind: "replace", old, deleteFirst }, errors };
    }
    // One that did not come into its own is tried again.
    const update = changed || old.initErrors.length > 0;
    if (update || !isImport) return { target, step: { kind: update ? "update" : "same", old }, errors: [] };
    Object.assign(target, { id: old.id, outputs: old.outputs });
    return { target, step: { kind: "import" }, errors: [] };
}

/** A resource that no state has, as its provider reads it. */
async function imported({ urn, importId }: Goal, target: Resource, provider: Provider): Promise<Resource> {
    const { id, inputs = {}, outputs } = await provider.read(urn, importId, { inputs: {}, outputs: {} });
    if (!id) throw new Error(`resource '${importId}' does not exist`);
    return { ...target, id, inputs, outputs };
}

/** An explicit provider: its arguments are checked and compared by the plugin, and it is configured with them. */
async function planProvider(
    goal: Goal,
    old: Resource | undefined,
    { report, providers }: Pick<PlanContext, "report" | "providers">,
): Promise<Plan> {
    const target = targetOf(goal);
    const { inputs, failures } = await providers.checkConfig(goal.urn, old?.inputs ?? {}, goal.inputs);
    if (tellFailures(goal, failures, inputs, report)) throw new Invalid();
    target.inputs = inputs;
    providers.configure(goal.urn, inputs);
    if (!old) return { target, step: { kind: "create" }, errors: [] };
    const changed = await providers.diffConfig(goal.urn, old.inputs, inputs);
    return { target, step: { kind: changed.length > 0 ? "update" : "same", old }, errors: [] };
}

function targetOf(goal: Goal): Resource {
    const { urn, type, custom, inputs, parent, dependencies, propertyDependencies } = goal;
    const { provider, timeouts } = goal;
    const { protect, retainOnDelete, additionalSecretOutputs } = goal;
    const options = { protect, retainOnDelete, additionalSecretOutputs, provider, timeouts };
    const links = { parent, dependencies, propertyDependencies };
    return { urn, type, custom, id: "", inputs, outputs: {}, initErrors: [], ...links, ...options };
}

function tellFailures(
    goal: Goal,
    failures: { property: string; reason: string }[],
    inputs: Properties,
    report: Report,
): boolean {
    const resource = `${goal.type} resource '${goal.urn.split("::")[3] ?? ""}'`;
    for (const { property, reason } of failures) {
        const value = JSON.stringify(inputs[property]);
        const place = property ? `: property ${property} value ${value}` : "";
        report.tell("error", `${resource}${place} has a problem: ${reason}`, goal.urn);
    }
    return failures.length > 0;
}

/** `ignoreChanges`: these inputs stay as they were. */
function keepIgnored(goal: Goal, old: Resource): Properties {
    const ignored = new Set(goal.ignoreChanges);
    const others = Object.entries(goal.inputs).filter(([key]) => !ignored.has(key));
    const kept = Object.entries(old.inputs).filter(([key]) => ignored.has(key));
    return Object.fromEntries([...others, ...kept]);
}

function protectedFrom(urn: string): string {
    return (
        `unable to replace resource "${urn}"\nas it is currently marked for protection. ` +
        "To unprotect the resource, remove the `protect` flag from the resource in your program and run up"
    );
}

/**
 * Before a replacement that deletes first, the real engine deletes what would be replaced with it. This one only finds
 * out, by the same question to the provider, and refuses.
 */
async function refuseDependents(old: Resource, olds: Resource[], providers: Providers): Promise<void> {
    for (const other of olds.filter((candidate) => candidate.custom && !candidate.delete)) {
        const depends = Object.entries(other.propertyDependencies).filter(([, urns]) =>
            urns.includes(old.urn),
        );
        if (depends.length === 0) continue;
        const inputs = { ...other.inputs, ...Object.fromEntries(depends.map(([key]) => [key, unknown])) };
        const { replaces } = await (await providers.of(other)).diff(other.urn, other.id, other, inputs);
        if (replaces.length > 0)
            throw new Error(`the test engine does not delete ${other.urn} along with ${old.urn}`);
    }
}
