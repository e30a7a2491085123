import * as grpc from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { RunError } from "../migration/errors";
import type { Context, Print } from "../resource/context/context";
import { type Life, noSuchResource } from "../resource/life";
import type { Session } from "../resource/session/session";
import { autoName } from "./autoName";
import { Calls, type Ended } from "./calls";
import { checkConfig } from "./checkConfig";
import * as config from "./configCalls";
import { Configuration } from "./configuration";
import { fromStruct } from "./answers";
import { EngineLog } from "../engineLog";
import { statusOf } from "./partialFailure";
import { invoked } from "./invoke";
import * as resource from "./resourceCalls";
import { readUrn } from "./urn";

/** What the plugin serves, and with what. */
export interface Plugin {
    version: string;
    /** The package schema as text. */
    schema: string;
    session: Session;
    /** The life of each resource, by the last part of its type. */
    lives: Readonly<Record<string, (context: Context) => Life>>;
    contextOf: (configuration: Configuration, session: Session, print: Print) => Context;
}

type Handler<Request, Answer> = (request: Request) => Promise<Answer> | Answer;
type ResourceHandler<Request, Answer> = (request: Request, call: resource.ResourceCall) => Promise<Answer>;

/** The calls of the engine, as @grpc/grpc-js takes them. The engine starts a process for each provider resource. */
export class Service {
    private configuration = Configuration.of({});
    private log = new EngineLog(undefined, hidden);
    constructor(
        private readonly plugin: Plugin,
        private readonly calls = new Calls(),
    ) {}

    /** The engine passes its address as an argument, and when it attaches to a plugin that runs already. */
    connect(engine: string): void {
        this.log.close();
        this.log = new EngineLog(engine, hidden);
    }

    implementation(): grpc.UntypedServiceImplementation {
        const { version, schema } = this.plugin;
        return {
            handshake: this.unary((request: proto.ProviderHandshakeRequest) => {
                const engine = request.getEngineAddress();
                if (engine !== "") this.connect(engine);
                return config.handshake();
            }),
            attach: this.unary((request: PluginAttach) => {
                this.connect(request.getAddress());
                return new Empty();
            }),
            getPluginInfo: this.unary(() => config.pluginInfo(version)),
            getSchema: this.unary(() => config.schema(schema)),
            checkConfig: this.unary((request: proto.CheckRequest) => checkConfig(request)),
            diffConfig: this.unary(config.diffConfig),
            configure: this.unary((request: proto.ConfigureRequest) => {
                this.configuration = Configuration.of(fromStruct(request.getArgs()), request.getUrn());
                return config.configured();
            }),
            check: this.about(resource.check),
            diff: this.about(resource.diff),
            create: this.about(resource.create),
            read: this.about(resource.read),
            update: this.about(resource.update),
            delete: this.about(resource.remove),
            invoke: this.unary((request: proto.InvokeRequest) => {
                const { session, contextOf } = this.plugin;
                const name = request.getTok().split(":").at(-1)!;
                const context = contextOf(this.configuration, session, this.log.printer("", name));
                const work = () => invoked(name, request, context);
                return this.calls.run(0, work, (ended) => endedError(name, ended));
            }),
            cancel: this.unary(() => {
                this.calls.cancel();
                return new Empty();
            }),
        };
    }

    /** A call about a resource: its lines stand under it, and it ends in its time. */
    private about<Request extends { getUrn(): string; getTimeout?(): number }, Answer>(
        handle: ResourceHandler<Request, Answer>,
    ): grpc.handleUnaryCall<Request, Answer> {
        return this.unary((request) => {
            const urn = request.getUrn();
            const { owner, name, type } = readUrn(urn);
            const { session, lives, contextOf } = this.plugin;
            const make = lives[type.split(":").at(-1)!];
            if (!make) throw noSuchResource(type);
            const context = contextOf(this.configuration, session, this.log.printer(urn, name));
            const call: resource.ResourceCall = {
                life: make(context),
                hidden: { __owner: owner, __logicalName: name },
                named: (check, news, olds) =>
                    type.endsWith(":Collection")
                        ? autoName(check, news, olds, session.pendingReplacements.of(owner))
                        : { inputs: {}, failures: [] },
            };
            const work = () => handle(request, call);
            return this.calls.run(request.getTimeout?.() ?? 0, work, (ended) => endedError(name, ended));
        });
    }

    private unary<Request, Answer>(handle: Handler<Request, Answer>): grpc.handleUnaryCall<Request, Answer> {
        return ({ request }, callback) => {
            const answer = async () => handle(request);
            void answer()
                .then(
                    (value) => [null, value] as const,
                    (error: unknown) => [statusOf(error), undefined] as const,
                )
                .then(async ([error, value]) => {
                    await this.log.settled();
                    callback(error, value);
                });
        };
    }
}

/** The engine shows no standard output of a plugin, so that a line which it does not take is lost; the call goes on. */
const hidden = () => undefined;

function endedError(name: string, ended: Ended): RunError {
    return ended.kind === "timeout"
        ? new RunError(
              "MV354",
              `${name}: not done within ${ended.seconds} s, as customTimeouts asks. What can be resumed is kept, and the next \`pulumi up\` resumes it. Raise the timeout, or remove it`,
          )
        : new RunError(
              "MV355",
              `${name}: cancelled. What can be resumed is kept, and the next \`pulumi up\` resumes it`,
          );
}
