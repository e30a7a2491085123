import * as proto from "@pulumi/pulumi/proto/provider_pb";

import type { WireProps } from "../../../provider/native/wireValues";
import { Plugin } from "../../native/plugin";
import type { Server } from "../servers";
import type { DeploymentOf } from "./deployment";
import type { Program } from "./program";

interface Deployed {
    id: string;
    inputs: WireProps;
    outs: WireProps;
}

/** The same by the calls of the native provider, over gRPC, in the order of Pulumi's engine. */
export class NativeDeployment implements DeploymentOf<Program> {
    private state: Deployed | undefined;
    private lines: string[] = [];
    private runs = 0;
    private readonly urn: string;

    constructor(
        private readonly server: Server,
        readonly name: string,
    ) {
        this.urn = `urn:pulumi:tests::random::milvus:index:Collection::${name}`;
    }

    get collection(): string {
        return this.state!.outs["collectionName"] as string;
    }

    said(): string {
        return this.lines.splice(0).join("\n");
    }

    up(program: Program): Promise<void> {
        const written = JSON.parse(JSON.stringify(program)) as WireProps;
        return this.operate((plugin) =>
            this.run(plugin, {
                ...written,
                migration: { grace: 0, ...(written["migration"] as object | undefined) },
                ...(written["name"] !== undefined && { name: `${this.name}_${written["name"] as string}` }),
            }),
        );
    }

    private async run(plugin: Plugin, news: WireProps): Promise<void> {
        const { urn, state } = this;
        if (!state) return this.create(plugin, news);
        const inputs = await this.check(plugin, news, state.inputs);
        const { changes, replacesList } = await plugin.diff(urn, state.id, state.outs, inputs);
        if (changes === proto.DiffResponse.DiffChanges.DIFF_NONE) return;
        if (replacesList.length === 0) {
            this.state = { ...state, inputs, outs: await plugin.update(urn, state.id, state.outs, inputs) };
            return;
        }
        await this.create(plugin, news);
        await plugin.remove(urn, state.id, state.outs);
    }

    /** A replacement is checked again, as a resource without a past. */
    private async create(plugin: Plugin, news: WireProps): Promise<void> {
        const inputs = await this.check(plugin, news, {});
        this.state = { inputs, ...(await plugin.create(this.urn, inputs)) };
    }

    private async check(plugin: Plugin, news: WireProps, olds: WireProps): Promise<WireProps> {
        const { inputs, failures } = await plugin.check(this.urn, news, olds, `${this.name} ${this.runs}`);
        if (failures.length > 0)
            throw new Error(`no program: ${failures.map(({ reason }) => reason).join("; ")}`);
        return inputs;
    }

    /** The inputs that a refresh finds changed, and what it says of them. */
    async refresh(): Promise<string> {
        this.said();
        const { id, inputs, outs } = this.state!;
        const read = await this.operate((plugin) => plugin.read(this.urn, id, outs, inputs));
        const changed = Object.keys({ ...inputs, ...read.inputs }).filter(
            (key) => JSON.stringify(inputs[key]) !== JSON.stringify(read.inputs[key]),
        );
        return [...changed, this.said()].filter(Boolean).join("\n");
    }

    async destroy(): Promise<void> {
        const { state } = this;
        if (state) await this.operate((plugin) => plugin.remove(this.urn, state.id, state.outs));
        this.state = undefined;
    }

    /** Each operation of the engine starts the plugin. */
    private async operate<Result>(operation: (plugin: Plugin) => Promise<Result>): Promise<Result> {
        const plugin = await Plugin.start({}, 0, `${this.name} ${++this.runs}`);
        const { address, token } = this.server;
        try {
            await plugin.configure({ address, ...(token !== undefined && { token }) });
            return await operation(plugin);
        } finally {
            this.lines.push(...plugin.printed);
            plugin.stop();
        }
    }
}
