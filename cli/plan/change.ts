import { planJson } from "../../provider/plan/render/json";
import type { CollectionPlan } from "../../provider/plan/plan";
import type { Context } from "../../provider/resource/context/context";
import { collectionSpec } from "../../provider/resource/context/inputs";
import { savedPlanOf } from "../../provider/resource/context/requireApproved";
import type { Props } from "../../provider/resource/session/props";
import type { Io } from "../io";
import type { Output } from "../output/output";
import { inWords, isApprovable } from "../report/planSection";
import type { RunReport } from "../report/runReport";
import { documentOf } from "../schema/document";
import { readSchema } from "../schema/schemaFile";
import { batchBytes } from "./batchBytes";
import { declaredBy } from "./declaration";
import { type ChangeOptions, migrationOf } from "./options";
import { inSpellingOf, planned } from "./planned";
import type { PlanFound } from "./result";
import { findSubject, type Subject } from "./subject";
import { inWordsOfAlter } from "./wording";

/** A change that is planned, and not made. */
export interface Change {
    subject: Subject;
    news: Props;
    plan: CollectionPlan;
}

export interface Work {
    io: Io;
    output: Output;
    context: Context;
    /** Told of the plan, and of the begin of the run. */
    report: RunReport;
}

/** Reads the schema file, and the collection. Errors: those of the file; `MV520`, `MV521`, `MV522`. */
export async function readChange({ io, context }: Work, options: ChangeOptions) {
    const file = await readSchema(io, options.schema);
    return { file, document: documentOf(file), subject: await findSubject(context, options.collection) };
}

/** Plans a change, and prints the plan. Errors: `MV525`. */
export async function planChange(
    { io, output, report }: Work,
    { file, document, subject: found }: Awaited<ReturnType<typeof readChange>>,
    options: ChangeOptions,
): Promise<Change> {
    const { deployed, at } = found;
    const migration = migrationOf(io, options);
    const { news, notes } = declaredBy(file, document, deployed.inputs, at.capabilities, migration);
    notes.forEach((note) => output.print(note));
    const subject = await inSpellingOf(found, news);
    const plan = await planned(subject, news);
    report.planned(subject.name, plan, subject.at);
    const change = { subject, news: withBatches(news, plan, options), plan };
    output.event({ kind: "plan", ...planFound(change) });
    return change;
}

/** The core counts bytes. What an insert holds does not change the plan. */
function withBatches(news: Props, plan: CollectionPlan, { batchSize }: ChangeOptions): Props {
    if (batchSize === undefined) return news;
    const bytes = batchBytes(batchSize, plan, collectionSpec(news).fields);
    return { ...news, migration: { ...(news.migration as Props), batchBytes: bytes } };
}

/** A plan for scripts; the same for `plan` and for `alter`. */
export const planFound = ({ plan, subject }: Change): PlanFound => ({
    ...inWords(planJson(plan, subject), inWordsOfAlter),
    approval: isApprovable(plan) ? savedPlanOf({ name: subject.name, plan }).hash : null,
    unfinished: subject.unfinished ? unfinishedText(subject) : null,
});

/** Plans, and says what an interrupted run has left. */
export async function planOnly(
    work: Work,
    read: Awaited<ReturnType<typeof readChange>>,
    options: ChangeOptions,
): Promise<Change> {
    if (read.subject.unfinished)
        work.output.print(`${read.subject.name}: first, ${unfinishedText(read.subject)}`);
    return planChange(work, read, options);
}

/** What an interrupted run has left to do. */
export function unfinishedText({ unfinished, deployed }: Subject): string {
    const { ref, successor } = unfinished!.old;
    const last = successor?.retain ? "retain" : "drop";
    return `finish the interrupted run that put ${deployed.outs.collectionName as string} in service, and ${last} ${ref.name}`;
}
