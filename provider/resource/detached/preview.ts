import type { MilvusClient } from "../../milvus/transport/client";
import { planHash } from "../../migration/properties/checkpoint";
import type { CollectionPlan } from "../../plan/plan";
import type { PlanJson } from "../../plan/render/json";
import type { Marked } from "../../plan/recovery/action";
import { copiesOf, type Situation } from "../../plan/recovery/situation";
import type { Session } from "../session/session";
import { isDetached } from "./isDetached";
import { isReady, type Standing, standingAt } from "./standing";
import { notBegunText, standingText } from "./standingText";

/** What a preview says of a detached migration, and what `up` does about it. */
export interface DetachedPreview {
    lines: readonly string[];
    /** Undefined where no worker has a copy of this plan. */
    standing?: Standing | undefined;
    /** Whether `up` leaves the copy to its worker: it replaces nothing yet. */
    isPending: boolean;
    /** Whether `up` drops copies that no plan wants any more. */
    dropsCopies: boolean;
}

/** Looks at the copies that workers make, or have made, of the recorded generation. */
export async function previewDetached(
    { holder }: Pick<Session, "holder">,
    client: MilvusClient,
    situation: Situation,
    plan: CollectionPlan,
): Promise<DetachedPreview> {
    const { generation } = situation.recorded;
    const copies = copiesOf(situation, generation, situation.owner).filter(
        ({ marker, detached }) => marker.state === "building" && detached !== undefined,
    );
    const detaches = isDetached(plan);
    if (copies.length === 0 && !detaches) return { lines: [], isPending: false, dropsCopies: false };
    const wanted = plan.migration;
    const hash = wanted && planHash(generation, wanted.wanted, wanted.mapping, wanted.partitions);
    const own = copies.find(({ checkpoint }) => checkpoint?.plan === hash);
    const others = plan.verdict === "blocked" ? [] : copies.filter((copy) => copy !== own);
    const dropped = others.map(
        ({ ref }) => `detached: \`pulumi up\` drops ${ref.name}, a copy of an earlier plan`,
    );
    const dropsCopies = others.length > 0;
    if (!detaches)
        return { lines: [...dropped, ...(own ? [inForeground(own)] : [])], isPending: false, dropsCopies };
    const standing = own && (await standingAt(client, own.ref, plan.rows, holder));
    const text = standing ? standingText(standing) : notBegunText(plan.target.migration.switchBy);
    const isPending = !standing || !isReady(standing) || standing.switchBy === "worker";
    return { lines: [...dropped, text], standing, isPending, dropsCopies };
}

/** The same in a plan as JSON; null where there is nothing to say. */
export function detachedJson(seen: DetachedPreview | undefined): PlanJson["detached"] {
    if (!seen || seen.lines.length === 0) return null;
    const { collection = null, phase = null, rows = null, total = null } = seen.standing ?? {};
    return { collection, phase, rows, total, text: [...seen.lines] };
}

const inForeground = ({ ref, lease }: Marked): string =>
    lease === "held"
        ? `warning: detached: a worker is at work on ${ref.name}, and the program does not detach any more: stop the worker, then \`pulumi up\` goes on with its copy`
        : `detached: \`pulumi up\` goes on with ${ref.name}, and copies the rest itself`;
