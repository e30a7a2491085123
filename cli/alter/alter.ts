import { collectionLife } from "../../provider/resource/collection";
import { moveAliases } from "../../provider/resource/operate/moveAliases";
import { underLease } from "../../provider/resource/operate/underLease";
import { planBlocked } from "../../provider/resource/context/planBlocked";
import { askBefore } from "../output/ask";
import {
    type Change,
    planChange,
    planFound,
    planOnly,
    readChange,
    unfinishedText,
    type Work,
} from "../plan/change";
import { finishInterrupted, release } from "./finish";
import type { ChangeOptions } from "../plan/options";
import { destroyedBy, isUnchanged } from "../plan/planned";
import type { Subject } from "../plan/subject";
import type { Ended } from "../plan/withChange";
import type { AlterResult } from "./result";

export type AlterOptions = ChangeOptions & { dryRun?: boolean; yes?: boolean };

/** Changes a collection to the schema of a file. Errors: those of the plan, of the question, and of the core. */
export async function alter(work: Work, options: AlterOptions): Promise<Ended<AlterResult>> {
    const { io, output } = work;
    const read = await readChange(work, options);
    const before = read.subject;
    if (options.dryRun) return dryRun(work, read, options);
    let serves: string | undefined;
    try {
        if (before.unfinished) await askBefore(io, output, unfinishedText(before), options);
        const subject = await finishInterrupted(before);
        const change = await planChange(work, { ...read, subject }, options);
        const { plan } = change;
        if (plan.verdict === "blocked") throw planBlocked(subject.name, plan.findings);
        serves = collectionOf(subject);
        const unfinished = before.unfinished ? unfinishedText(before) : null;
        if (isUnchanged(plan)) {
            const changed = before.unfinished !== undefined;
            const result = { changed, ...planFound(change), unfinished, serves };
            return { result, lines: [`${subject.name}: no changes detected`] };
        }
        const destroyed = destroyedBy(plan, subject);
        if (destroyed !== undefined) await askBefore(io, output, destroyed, options);
        work.report.begin();
        serves = await carryOut(change);
        const result = { changed: true, ...planFound(change), unfinished, serves };
        return { result, lines: [doneText(subject, serves)] };
    } finally {
        // What a run that failed has left is found by its marker: then nothing is given up.
        await release(before, serves ?? collectionOf(before)).catch(() => undefined);
    }
}

/** What `alter` would do. Changes nothing. */
async function dryRun(
    work: Work,
    read: Awaited<ReturnType<typeof readChange>>,
    options: ChangeOptions,
): Promise<Ended<AlterResult>> {
    const change = await planOnly(work, read, options);
    const { plan, subject } = change;
    if (plan.verdict === "blocked") throw planBlocked(subject.name, plan.findings);
    const result = { changed: false, ...planFound(change), serves: collectionOf(subject) };
    return { result, lines: [endOf(change)] };
}

const endOf = ({ plan, subject }: Change): string =>
    isUnchanged(plan) ? `${subject.name}: no changes detected` : `${subject.name}: no changes made`;

async function carryOut({ subject, news, plan }: Change): Promise<string> {
    const { context, deployed, aliases } = subject;
    const collection = collectionLife(context);
    if (plan.verdict === "update") {
        const outs = await collection.update(deployed.outs, news);
        return outs.collectionName as string;
    }
    const { outs } = await collection.create(news);
    const serves = outs.collectionName as string;
    const ref = { database: undefined, name: serves };
    await underLease(context, subject.at, { ref, name: subject.name, owner: subject.owner }, async () => {
        if (aliases) await moveAliases(context, subject.owner, aliases, ref);
        await collection.delete(deployed.outs);
    });
    return serves;
}

const collectionOf = ({ deployed }: Subject): string => deployed.outs.collectionName as string;

function doneText({ name, aliases }: Subject, serves: string): string {
    if (aliases === undefined) return `${name}: done`;
    return `${name}: done; ${aliases.join(", ")} ${aliases.length === 1 ? "points" : "point"} at ${serves}`;
}
