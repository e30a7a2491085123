import { randomUUID } from "node:crypto";

import type { Report } from "../result";
import type { Goal } from "./goal";
import { Stopped } from "./engineService";
import type { Autonaming } from "./autonaming";
import { Invalid, plan, type Plan } from "./plan";
import { InitError, type Provider } from "./provider";
import { isProvider, type Providers } from "./providers";
import type { Resource } from "./vault";
import { conceal, type Properties } from "./values";

export interface Context {
    dryRun: boolean;
    /** URNs that are replaced without asking for a diff. */
    replace: readonly string[];
    report: Report;
    providers: Providers;
    autonaming: Autonaming;
    save: (resources: Resource[]) => void;
}

/**
 * The resources of one preview or update, between the old state and the new. Plans are made one at a time, steps run
 * side by side, the first failure stops what has not begun: as in the real engine.
 */
export class Deployment {
    failed = false;
    /** Resolves when the program has been told that the operation has failed: it registers nothing more. */
    readonly stopped: Promise<void>;
    private stop!: () => void;
    private readonly news: Resource[] = [];
    private readonly seen = new Set<string>();
    private planning: Promise<unknown> = Promise.resolve();
    private readonly running = new Set<Promise<unknown>>();

    constructor(
        private readonly context: Context,
        private olds: Resource[],
    ) {
        this.stopped = new Promise((resolve) => (this.stop = resolve));
    }

    /** @throws Stopped when it failed, or something before it did; the reasons are in the report. */
    register(goal: Goal): Promise<Resource> {
        const work = this.run(goal).catch((error: unknown) => {
            if (!(error instanceof Stopped)) this.fail(error as Error, goal.urn);
            this.stop();
            throw new Stopped("the operation has failed");
        });
        const done: Promise<unknown> = work.catch(() => undefined).then(() => this.running.delete(done));
        this.running.add(done);
        return work;
    }

    registerOutputs(urn: string, outputs: Properties): void {
        const resource = this.news.find((candidate) => candidate.urn === urn);
        if (!resource) return;
        resource.outputs = outputs;
        this.save();
    }

    /** Resolves when nothing that was begun still runs. */
    async settle(): Promise<void> {
        while (this.running.size > 0) await Promise.all(this.running);
    }

    /** What to delete when the program has ended well: replaced resources, and those that it no longer names. */
    leftovers(): Resource[] {
        return this.olds;
    }

    forget(resource: Resource): void {
        this.olds = this.olds.filter((old) => old !== resource);
        this.save();
    }

    fail(error: Error, urn?: string): void {
        this.failed = true;
        if (!(error instanceof Invalid)) this.context.report.tell("error", error.message, urn);
    }

    private async run(goal: Goal): Promise<Resource> {
        const planned = this.planning.then(() => this.plan(goal));
        this.planning = planned.catch(() => undefined);
        const { step, target } = await planned;
        if (step.kind === "same") this.same(step.old, target);
        if (step.kind === "import") this.born(target, undefined);
        if (step.kind === "create") await this.create(target);
        if (step.kind === "update") await this.update(step.old, target);
        if (step.kind === "replace") await this.replace(step.old, target, step.deleteFirst);
        if (target.custom && !isProvider(target.type))
            this.context.report.count(step.kind === "import" ? "create" : step.kind);
        return target;
    }

    private async plan(goal: Goal): Promise<Plan> {
        if (this.failed && !this.context.dryRun) throw new Stopped("the operation has failed");
        if (this.seen.has(goal.urn))
            throw new Error(`Duplicate resource URN '${goal.urn}'; try giving it a unique name`);
        this.seen.add(goal.urn);
        const { replace } = this.context;
        const made = await plan(goal, this.olds, {
            ...this.context,
            unasked: replace.includes(goal.urn),
        });
        for (const error of made.errors) this.fail(new Error(error), goal.urn);
        if (this.failed && !this.context.dryRun) throw new Stopped("the operation has failed");
        return made;
    }

    private same(old: Resource, target: Resource): void {
        target.id = old.id;
        target.outputs = old.outputs;
        this.settleAs(target, old);
    }

    private async create(target: Resource, replaced?: Resource): Promise<void> {
        const preview = this.context.dryRun;
        if (!target.custom) target.outputs = {};
        else if (isProvider(target.type)) {
            target.id = preview ? "" : randomUUID();
            target.outputs = target.inputs;
        } else if (preview && !(await this.providerOf(target)).hasPreviews)
            // The inputs stand for the state, and what is not among them is unknown.
            target.outputs = target.inputs;
        else {
            await this.partial(target, replaced, async (provider) => {
                const timeout = target.timeouts?.create;
                const options = { preview, timeout };
                const { id, outputs } = await provider.create(target.urn, target.inputs, options);
                if (!id && !preview) throw new Error("provider did not return an ID from Create");
                target.id = id;
                target.outputs = finish(outputs, target);
            });
        }
        this.born(target, replaced);
    }

    private async update(old: Resource, target: Resource): Promise<void> {
        target.id = old.id;
        target.outputs = target.inputs;
        const preview = this.context.dryRun;
        if (!isProvider(target.type) && (!preview || (await this.providerOf(target)).hasPreviews)) {
            await this.partial(target, old, async (provider) => {
                const options = { preview, timeout: target.timeouts?.update };
                const outputs = await provider.update(target.urn, old.id, old, target.inputs, options);
                target.outputs = finish(outputs, target);
            });
        }
        this.settleAs(target, old);
    }

    private async replace(old: Resource, target: Resource, deleteFirst: boolean): Promise<void> {
        if (deleteFirst && !old.pendingReplacement) {
            const call = !this.context.dryRun && !old.retainOnDelete;
            if (call) await (await this.providerOf(old)).delete(old.urn, old.id, old);
            old.pendingReplacement = true;
            this.save();
        }
        await this.create(target, old);
    }

    /** Runs a call that can leave a resource half made, and keeps what it left. */
    private async partial(
        target: Resource,
        old: Resource | undefined,
        call: (provider: Provider) => Promise<void>,
    ): Promise<void> {
        try {
            await call(await this.providerOf(target));
        } catch (error) {
            if (error instanceof InitError) {
                target.initErrors = error.reasons;
                target.outputs = finish(error.outputs, target);
                const created = target.id === "";
                target.id = error.id;
                if (created) this.born(target, old);
                else if (old) this.settleAs(target, old);
            }
            throw error;
        }
    }

    /** A replaced resource waits for its deletion; one that was deleted first is done with. */
    private born(target: Resource, replaced: Resource | undefined): void {
        if (replaced?.pendingReplacement) this.olds = this.olds.filter((old) => old !== replaced);
        else if (replaced) replaced.delete = true;
        this.news.push(target);
        this.save();
    }

    private settleAs(target: Resource, old: Resource): void {
        this.olds = this.olds.filter((other) => other !== old);
        this.news.push(target);
        this.save();
    }

    private providerOf(resource: Resource): Promise<Provider> {
        return this.context.providers.of(resource);
    }

    private save(): void {
        if (!this.context.dryRun) this.context.save([...this.news, ...this.olds]);
    }
}

function finish(outputs: Properties, target: Resource): Properties {
    const finished = { ...outputs };
    for (const key of target.additionalSecretOutputs) {
        const value = finished[key];
        if (value !== undefined) finished[key] = conceal(value);
    }
    return finished;
}
