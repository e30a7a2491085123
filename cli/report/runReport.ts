import { type Command, Option } from "commander";

import type { CollectionPlan } from "../../provider/plan/plan";
import type { Context, Server } from "../../provider/resource/context/context";
import { savedPlanOf } from "../../provider/resource/context/requireApproved";
import type { Io } from "../io";
import type { ReportContent } from "./page";
import { inWords, isApprovable, type ReportPlan, reportPlan } from "./planSection";
import { RunRecorder } from "./recorder";
import type { Written } from "./result";
import { writePlan, writeReport } from "./write";

export interface ReportOptions {
    report?: string;
}

export interface SaveOptions {
    save?: string;
}

export const addReportOption = (command: Command): Command =>
    command.addOption(new Option("--report <file>", "write a page of HTML to keep or attach: docs.html"));

export const addSaveOption = (command: Command): Command =>
    command.addOption(
        new Option("--save <file>", "write the plan to a file that milvus:approvedPlan takes: plan.json"),
    );

/** The report of a command about one collection, where the user asks for one. */
export class RunReport {
    private readonly recorder: RunRecorder;
    private plan: ReportPlan | undefined;
    private facts: ReportContent["facts"] = [];

    /** @param words what the core says, in the words of the command */
    constructor(
        private readonly io: Io,
        private readonly command: Command,
        private readonly options: ReportOptions & SaveOptions,
        private readonly words: (text: string) => string = (text) => text,
    ) {
        this.recorder = new RunRecorder(io.now);
    }

    /** The context of the work, whose progress and lines the report has. */
    listening(context: Context): Context {
        return this.options.report === undefined ? context : this.recorder.listening(context);
    }

    /** Told of the plan, as soon as there is one. Errors: `MV570` where it is to be saved. */
    planned(name: string, plan: CollectionPlan, { client, capabilities }: Server): void {
        const saved = savedPlanOf({ name, plan });
        this.plan = inWords(reportPlan(plan, name, isApprovable(plan) ? saved : undefined), this.words);
        this.facts = [
            ["Server", `${client.target}, ${capabilities.server}`],
            ["Database", client.database],
        ];
        if (this.options.save !== undefined) writePlan(this.io, this.options.save, saved);
    }

    /** What `around` has written once it is over. */
    get written(): Written {
        return { report: (this.plan && this.options.report) ?? null };
    }

    /** The plan is carried out from now on. */
    begin(): void {
        this.recorder.begin("prepare");
    }

    /** Does the work, and writes the report however it ends, if there was a plan. Errors: those of the work; `MV570`. */
    async around<T>(work: () => Promise<T>): Promise<T> {
        try {
            const done = await work();
            if (this.hasRun) this.recorder.ended();
            this.write();
            return done;
        } catch (error) {
            if (this.hasRun) this.recorder.failed(error);
            // What went wrong first is what the user has to know.
            this.tryToWrite();
            throw error;
        }
    }

    private get hasRun(): boolean {
        return this.recorder.events.some(({ kind }) => kind === "phase");
    }

    private tryToWrite(): void {
        try {
            this.write();
        } catch {
            // The error of the work is thrown.
        }
    }

    private write(): void {
        const { plan, facts, io } = this;
        if (this.options.report === undefined || !plan) return;
        const about = {
            title: plan.collection,
            command: this.command.name(),
            version: versionOf(this.command),
        };
        const events = this.hasRun ? this.recorder.events : [];
        writeReport(io, this.options.report, { ...about, madeAt: io.now(), facts, plan, events });
    }
}

/** The version of pulumi-milvus, which the whole program has. */
export const versionOf = (command: Command): string =>
    command.parent ? versionOf(command.parent) : (command.version() ?? "");
