import { RunError } from "../../migration/errors";
import type { BegunPlan } from "../../observe/generation";
import { moduleVersion } from "../../migration/transform/transformModule";
import { plain, stepDigest, workDigest } from "../../plan/approval/approvalHash";
import { formLines, lineDifferences } from "../../plan/approval/formLines";
import { planForm, type PlanForm } from "../../plan/approval/planForm";
import { savedPlan, type SavedPlan } from "../../plan/approval/savedPlan";
import type { CollectionPlan } from "../../plan/plan";
import type { Update } from "../../plan/strategy/update";
import { approvalSetting, type ApprovedPlan } from "./approval";
import type { Context } from "./context";

/** A plan that is about to be carried out, and the one of an earlier run that it finishes. */
export interface PlanToApprove {
    /** The logical name of the resource. */
    name: string;
    plan: CollectionPlan;
    begun?: BegunPlan | undefined;
}

/** The plan in the form that is approved, with its hash. */
export function savedPlanOf({ name, plan }: PlanToApprove): SavedPlan {
    const module = plan.migration?.mapping.transform?.module;
    return savedPlan(planForm(plan, { name, ...(module !== undefined && version(module)) }));
}

/** The hash of a plan, for the preview of a stack that asks for it. Where it is compared, a plan must be an approved one. */
export function tellApproval(context: Context, planned: PlanToApprove): void {
    const { approval, planFormat } = context.policy();
    if (approval?.kind !== "print") return requireApproved(context, planned);
    if (!changesServer(planned.plan) || planned.plan.verdict === "blocked") return;
    const saved = savedPlanOf(planned);
    context.session.seenPlans.add(saved.hash, saved.plan);
    // For machines it is the saved plan itself.
    const isJson = planFormat === "json";
    context.print(isJson ? JSON.stringify(plain(saved)) : `${planned.name}: plan ${saved.hash}`);
}

/** What is known only at `up` is in no plan of a preview. */
export function tellApprovedLater({ policy, print }: Context, name: string, open: readonly string[]): void {
    if (policy().approval === undefined) return;
    print(
        `warning: ${name}: ${open.join(", ")} ${open.length === 1 ? "holds" : "hold"} what is known only at \`pulumi up\`: its plan is compared with the approved one then, before the collection changes [MV562]`,
    );
}

/** Errors: `MV560` where the stack approves plans, and this one is another. A plan that changes nothing needs no approval. */
export function requireApproved({ policy, session }: Context, planned: PlanToApprove): void {
    const { approval } = policy();
    if (approval?.kind !== "only" || !changesServer(planned.plan)) return;
    const now = savedPlanOf(planned);
    session.seenPlans.add(now.hash, now.plan);
    const hashes = new Set(approval.plans.map(({ hash }) => hash));
    if (hashes.has(now.hash) || finishesApproved(planned, now.plan, hashes)) return;
    const known = approval.plans.map((one) => ({ ...one, plan: one.plan ?? session.seenPlans.of(one.hash) }));
    throw notApproved(planned.name, now, known);
}

/** The plan as the record of a change in place, or the copy of a migration, has it, where the stack approves plans. */
export function begunPlan({ policy }: Context, planned: PlanToApprove): BegunPlan | undefined {
    const { approval } = policy();
    if (approval?.kind !== "only") return undefined;
    const { hash, plan } = savedPlanOf(planned);
    const isApproved = approval.plans.some((one) => one.hash === hash);
    // The rest of an approved plan is a part of the same.
    if (planned.begun && !isApproved) return planned.begun;
    const isInPlace = planned.plan.verdict === "update";
    return { plan: hash, steps: isInPlace ? planned.plan.updates.map(stepDigest) : [workDigest(plan)] };
}

const changesServer = ({ verdict }: CollectionPlan) => verdict !== "none" && verdict !== "state-only";

/** Loads are undone and made again: they are in no way another plan. */
const loads: ReadonlySet<Update["kind"]> = new Set(["load", "refresh", "release"]);

/** Whether the plan is the rest of an approved one, whose run was interrupted. */
function finishesApproved(
    { plan, begun }: PlanToApprove,
    form: PlanForm,
    hashes: ReadonlySet<string>,
): boolean {
    if (begun === undefined || !hashes.has(begun.plan)) return false;
    // In the middle of a migration the rows may not be loaded, and nothing can be found about them.
    if (plan.verdict === "migrate") return begun.steps.includes(workDigest(form));
    if (plan.verdict !== "update") return false;
    return plan.updates.every((update) => loads.has(update.kind) || begun.steps.includes(stepDigest(update)));
}

/** Lines of a message; the rest is in the preview. */
const MOST_LINES = 40;

function notApproved(name: string, now: SavedPlan, known: readonly ApprovedPlan[]): RunError {
    const before = known.find(({ plan }) => plan?.collection === name);
    const others = known.filter(({ plan }) => plan === undefined);
    const lines = before
        ? lineDifferences(formLines(before.plan!), formLines(now.plan))
        : formLines(now.plan).map((line) => `+ ${line}`);
    // Without a plan to compare with, each value of the new collection would be a line.
    const telling = before ? lines : lines.filter((line) => !line.startsWith("+ migration."));
    const shown = telling.slice(0, MOST_LINES).map((line) => `  ${line}`);
    const left = lines.length - shown.length;
    const more = left === 0 ? [] : [`  and ${left} more ${left === 1 ? "line" : "lines"}`];
    const text = [
        `${name}: no changes made, this is not the approved plan`,
        `  approved: ${before?.hash ?? approvedText(others)}`,
        `  now:      ${now.hash}`,
        ...shown,
        ...more,
        nextStep(now),
    ].join("\n");
    return new RunError("MV560", text);
}

function approvedText(others: readonly ApprovedPlan[]): string {
    if (others.length === 0) return "no plan of this collection";
    return `${others.map(({ hash }) => hash).join(", ")} (not known on this machine: approve a saved plan, plan.json, to see what differs)`;
}

function nextStep({ hash, plan }: SavedPlan): string {
    if (plan.strategy === "blocked") return "The plan is blocked: mend what its errors say, then approve it";
    return `Review these lines. If they are right, approve them: \`pulumi config set ${approvalSetting} ${hash}\``;
}

/** A module that is missing fails the plan by itself. */
function version(module: string): { moduleVersion?: string } {
    try {
        return { moduleVersion: moduleVersion(module) };
    } catch {
        return {};
    }
}
