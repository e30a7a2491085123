import { parseConnection, parseCollection } from "../../../provider/inputs/parse";
import * as resource from "../../../provider/resource/collection";
import { collectionRequest, collectionState } from "../../../provider/resource/context/resourceState";
import { Session } from "../../../provider/resource/session/session";
import type { Context } from "../../../provider/resource/context/context";
import type { Props } from "../../../provider/resource/session/props";
import { newGeneration } from "../../../provider/resource/context/identity";
import type { Server } from "../servers";
import type { Program } from "./program";

/** One collection, as a test of random programs deploys it. */
export interface DeploymentOf<Declared> {
    /** The name of the collection on the server. */
    readonly collection: string;
    /** The provider's messages since the previous query. */
    said(): string;
    /** Check, preview, and up. */
    up(program: Declared): Promise<void>;
    /** The changes found by a refresh; empty if the server matches the state. */
    refresh(): Promise<string>;
    destroy(): Promise<void>;
}

/**
 * One collection of a program, managed by the provider's resource in this process: an engine and a process for each of
 * several hundred migrations would take hours. The calls and their order are those of Pulumi's engine.
 */
export class Deployment implements DeploymentOf<Program> {
    private state: Props | undefined;
    private context: Context;
    private lines: string[] = [];

    constructor(
        { address, token }: Server,
        readonly name: string,
    ) {
        const connection = parseConnection({ address, ...(token !== undefined && { token }) }).spec!;
        this.context = {
            connection: () => connection,
            print: (line) => this.lines.push(line),
            policy: () => ({ destructive: "warn", planFormat: "text", preview: "warn" }),
            settings: () => [],
            session: new Session("random"),
        };
    }

    get collection(): string {
        return this.state!.collectionName as string;
    }

    said(): string {
        return this.lines.splice(0).join("\n");
    }

    private get owner(): string {
        return `random/tests/${this.name}`;
    }

    async up(program: Program): Promise<void> {
        try {
            await this.run(program);
        } finally {
            // Each operation of the engine is a separate run.
            this.context = { ...this.context, session: new Session("random") };
        }
    }

    private async run(program: Program): Promise<void> {
        const hidden = { __owner: this.owner, __logicalName: this.name };
        const written = JSON.parse(JSON.stringify(program)) as Props;
        const inputs: Props = {
            ...written,
            migration: { grace: 0, ...(written.migration as object | undefined) },
            ...(written.name !== undefined && { name: `${this.name}_${written.name as string}` }),
            ...hidden,
            __generation: this.state?.__generation ?? newGeneration(),
        };
        const { spec, failures } = parseCollection(inputs);
        if (!spec) throw new Error(`no program: ${failures.map(({ reason }) => reason).join("; ")}`);
        const olds = this.state;
        if (!olds) {
            this.state = { ...inputs, ...(await resource.create(this.context, collectionRequest(inputs))) };
            return;
        }
        const deployed = collectionState(olds);
        const plan = await resource.diff(this.context, deployed, spec);
        if (plan.verdict === "none") return;
        if (plan.replaces.length === 0) {
            this.state = {
                ...inputs,
                ...(await resource.update(this.context, deployed, collectionRequest(inputs))),
            };
            return;
        }
        const successor = { ...inputs, __generation: newGeneration() };
        this.state = { ...successor, ...(await resource.create(this.context, collectionRequest(successor))) };
        await resource.remove(this.context, deployed);
    }

    async refresh(): Promise<string> {
        this.said();
        await resource.read(this.context, collectionState(this.state!));
        return this.said();
    }

    async destroy(): Promise<void> {
        if (this.state) await resource.remove(this.context, collectionState(this.state));
        this.state = undefined;
    }
}
