import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { lives as allLives } from "../../provider/lives";
import { fromStruct, toStruct } from "../../provider/native/answers";
import { serve } from "../../provider/native/serve";
import { Calls } from "../../provider/native/calls";
import type { Configuration } from "../../provider/native/configuration";
import { type Plugin as PluginParts, Service } from "../../provider/native/service";
import type { WireProps } from "../../provider/native/wireValues";
import { resolveConnection } from "../../provider/resource/context/connection";
import type { Context } from "../../provider/resource/context/context";
import { resolvePolicy } from "../../provider/resource/context/policy";
import type { Life } from "../../provider/resource/life";
import { Session } from "../../provider/resource/session/session";
import { version } from "../support/version";

export const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::milvus:index:${type}::${name}`;

type Method = (request: object, done: (error: grpc.ServiceError | null, answer: unknown) => void) => unknown;

/** The plugin in this process, called over gRPC as the engine calls it. */
export class Plugin {
    readonly printed: string[] = [];
    private client!: ResourceProviderClient;
    private server!: grpc.Server;

    static async start(
        lives: Record<string, (context: Context) => Life> = {},
        /** How long an ended call waits for its work: by default not at all. */
        graceMs = 0,
        run = "this run",
    ): Promise<Plugin> {
        const plugin = new Plugin();
        const plugged = {
            version,
            schema: "{}",
            session: new Session(run),
            lives: { ...allLives, ...lives },
            contextOf: (configuration: Configuration, session: Session) => ({
                connection: (props) =>
                    resolveConnection(
                        props,
                        (key) => configuration.get(key),
                        () => undefined,
                    ),
                print: (line) => void plugin.printed.push(line),
                policy: () => resolvePolicy((key) => configuration.get(key)),
                settings: () => configuration.names().map((name) => `milvus:${name}`),
                session,
            }),
        } satisfies PluginParts;
        const { port, server } = await serve(new Service(plugged, new Calls(graceMs)));
        plugin.server = server;
        plugin.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        return plugin;
    }

    /** Errors: the status of the call, as the engine gets it. */
    call<Answer>(name: keyof ResourceProviderClient, request: object): Promise<Answer> {
        const method = (this.client[name] as unknown as Method).bind(this.client);
        return new Promise((resolve, reject) => {
            method(request, (error, answer) => {
                if (error) reject(error);
                else resolve(answer as Answer);
            });
        });
    }

    async configure(settings: WireProps): Promise<void> {
        await this.call("configure", new proto.ConfigureRequest().setArgs(toStruct(settings)));
    }

    async check(urn: string, news: WireProps, olds: WireProps = {}, seed = "seed") {
        const request = new proto.CheckRequest().setUrn(urn).setNews(toStruct(news)).setOlds(toStruct(olds));
        request.setRandomseed(Buffer.from(seed));
        const answer = await this.call<proto.CheckResponse>("check", request);
        return {
            inputs: fromStruct(answer.getInputs()),
            failures: answer.getFailuresList().map((failure) => failure.toObject()),
        };
    }

    async diff(urn: string, id: string, olds: WireProps, news: WireProps) {
        const request = new proto.DiffRequest().setUrn(urn).setId(id);
        const answer = await this.call<proto.DiffResponse>(
            "diff",
            request.setOlds(toStruct(olds)).setNews(toStruct(news)),
        );
        return answer.toObject();
    }

    async create(urn: string, inputs: WireProps, { preview = false, timeout = 0 } = {}) {
        const request = new proto.CreateRequest().setUrn(urn).setProperties(toStruct(inputs));
        const answer = await this.call<proto.CreateResponse>(
            "create",
            request.setPreview(preview).setTimeout(timeout),
        );
        return { id: answer.getId(), outs: fromStruct(answer.getProperties()) };
    }

    async update(urn: string, id: string, olds: WireProps, news: WireProps) {
        const request = new proto.UpdateRequest().setUrn(urn).setId(id);
        const answer = await this.call<proto.UpdateResponse>(
            "update",
            request.setOlds(toStruct(olds)).setNews(toStruct(news)),
        );
        return fromStruct(answer.getProperties());
    }

    async read(urn: string, id: string, outs: WireProps = {}, inputs: WireProps = {}) {
        const request = new proto.ReadRequest().setUrn(urn).setId(id);
        const answer = await this.call<proto.ReadResponse>(
            "read",
            request.setProperties(toStruct(outs)).setInputs(toStruct(inputs)),
        );
        return {
            id: answer.getId(),
            outs: fromStruct(answer.getProperties()),
            inputs: fromStruct(answer.getInputs()),
        };
    }

    async remove(urn: string, id: string, outs: WireProps): Promise<void> {
        await this.call(
            "delete",
            new proto.DeleteRequest().setUrn(urn).setId(id).setProperties(toStruct(outs)),
        );
    }

    stop(): void {
        this.client.close();
        this.server.forceShutdown();
    }
}
