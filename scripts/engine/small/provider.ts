import { credentials, Metadata, type CallOptions, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties } from "./values";

const callMinutes = 10;
const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

export interface CheckResult {
    inputs: Properties;
    failures: { property: string; reason: string }[];
}

export interface DiffResult {
    changes: "some" | "none" | "unknown";
    replaces: string[];
    deleteBeforeReplace: boolean;
    /** `update fields[2].name`, for each place that a provider tells of. */
    places: string[];
}

export interface ReadResult {
    /** Empty when the resource is gone. */
    id: string;
    outputs: Properties;
    inputs: Properties | undefined;
}

/** What the engine says beside the properties. */
export interface CheckOptions {
    seed?: Buffer;
    autonaming?: proto.CheckRequest.AutonamingOptions;
}
export interface StepOptions {
    preview?: boolean;
    /** In seconds; 0 for none. */
    timeout?: number;
}

/** A resource that was made, and then did not come into its own. */
export class InitError extends Error {
    constructor(
        readonly id: string,
        public outputs: Properties,
        readonly reasons: string[],
    ) {
        super(`initialization failed: ${reasons.join("; ")}`);
    }
}

/** A provider in a process of its own. Secrets are marked in what goes in and comes out. */
export interface Provider {
    /** Whether it is asked in a preview what a creation and an update would give. */
    hasPreviews: boolean;
    check(urn: string, olds: Properties, news: Properties, options?: CheckOptions): Promise<CheckResult>;
    /** `olds` is the state: its inputs and its outputs. */
    diff(urn: string, id: string, olds: State, news: Properties): Promise<DiffResult>;
    create(
        urn: string,
        inputs: Properties,
        options?: StepOptions,
    ): Promise<{ id: string; outputs: Properties }>;
    /** An import and a `.get()` read with neither outputs nor inputs. */
    read(urn: string, id: string, olds: State): Promise<ReadResult>;
    update(
        urn: string,
        id: string,
        olds: State,
        news: Properties,
        options?: StepOptions,
    ): Promise<Properties>;
    delete(urn: string, id: string, olds: State, options?: StepOptions): Promise<void>;
    /** Asks it to end what it is at: Ctrl-C. */
    cancel(): Promise<void>;
    /** @param isDone whether the operation went well, so that nothing of it is at work any more */
    end(isDone: boolean): Promise<void>;
}

interface State {
    inputs: Properties;
    outputs: Properties;
}

/** The calls of a provider that listens on a port of this machine. */
export class Connection {
    private readonly client: ResourceProviderClient;

    constructor(port: string) {
        this.client = new ResourceProviderClient(
            `127.0.0.1:${port}`,
            credentials.createInsecure(),
            unlimited,
        );
    }

    call<Answer>(name: Name, request: object): Promise<Answer> {
        const method = this.client[name].bind(this.client) as unknown as Method<Answer>;
        const options = { deadline: Date.now() + callMinutes * 60_000 };
        return new Promise((resolve, reject) => {
            method(request, new Metadata(), options, (error, answer) =>
                error ? reject(explain(error)) : resolve(answer),
            );
        });
    }

    close(): void {
        this.client.close();
    }
}

export function providerAt(
    connection: Connection,
    { hasPreviews, end }: Pick<Provider, "hasPreviews" | "end">,
): Provider {
    const call = <Answer>(name: Name, request: object) => connection.call<Answer>(name, request);
    return {
        hasPreviews,
        check: async (urn, olds, news, { seed = Buffer.alloc(0), autonaming } = {}) => {
            const request = new proto.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
            request.setRandomseed(seed).setAutonaming(autonaming);
            return checked(await call<proto.CheckResponse>("check", request));
        },
        diff: async (urn, id, olds, news) => {
            const request = new proto.DiffRequest().setUrn(urn).setId(id).setNews(struct(news));
            request.setOlds(struct(olds.outputs)).setOldInputs(struct(olds.inputs));
            return diffed(await call<proto.DiffResponse>("diff", request));
        },
        create: async (urn, inputs, { preview = false, timeout = 0 } = {}) => {
            const request = new proto.CreateRequest().setUrn(urn).setProperties(struct(inputs));
            const answer = await call<proto.CreateResponse>(
                "create",
                request.setPreview(preview).setTimeout(timeout),
            );
            return { id: answer.getId(), outputs: plain(answer.getProperties()) };
        },
        read: async (urn, id, { outputs, inputs }) => {
            const request = new proto.ReadRequest().setUrn(urn).setId(id);
            request.setProperties(struct(outputs)).setInputs(struct(inputs));
            const answer = await call<proto.ReadResponse>("read", request);
            return {
                id: answer.getId(),
                outputs: plain(answer.getProperties()),
                inputs: answer.hasInputs() ? plain(answer.getInputs()) : undefined,
            };
        },
        update: async (urn, id, olds, news, { preview = false, timeout = 0 } = {}) => {
            const request = new proto.UpdateRequest().setUrn(urn).setId(id).setNews(struct(news));
            request.setOlds(struct(olds.outputs)).setOldInputs(struct(olds.inputs));
            const answer = await call<proto.UpdateResponse>(
                "update",
                request.setPreview(preview).setTimeout(timeout),
            );
            return plain(answer.getProperties());
        },
        delete: async (urn, id, { outputs, inputs }, { timeout = 0 } = {}) => {
            const request = new proto.DeleteRequest().setUrn(urn).setId(id).setTimeout(timeout);
            await call("delete", request.setProperties(struct(outputs)).setOldInputs(struct(inputs)));
        },
        cancel: () => call("cancel", new Empty()),
        end,
    };
}

export function checked(answer: proto.CheckResponse): CheckResult {
    const failures = answer.getFailuresList().map((failure) => failure.toObject());
    return { inputs: plain(answer.getInputs()), failures };
}

export function diffed(answer: proto.DiffResponse): DiffResult {
    const kinds = Object.keys(proto.PropertyDiff.Kind).map((kind) => kind.toLowerCase());
    const places: string[] = [];
    answer.getDetaileddiffMap().forEach((diff, path) => places.push(`${kinds[diff.getKind()]!} ${path}`));
    return {
        changes: (["unknown", "none", "some"] as const)[answer.getChanges()],
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
        places,
    };
}

type Name =
    | "handshake"
    | "checkConfig"
    | "diffConfig"
    | "configure"
    | "check"
    | "diff"
    | "create"
    | "read"
    | "update"
    | "delete"
    | "cancel";
type Method<Answer> = (
    request: object,
    metadata: Metadata,
    options: Partial<CallOptions>,
    done: (error: ServiceError | null, answer: Answer) => void,
) => unknown;

/** A status with details tells of a resource that exists all the same. */
function explain(error: ServiceError): Error {
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    const [any] = bytes ? Status.deserializeBinary(Buffer.from(bytes)).getDetailsList() : [];
    if (!any) return new Error(error.details || error.message);
    const detail = proto.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    return new InitError(detail.getId(), plain(detail.getProperties()), detail.getReasonsList());
}

/** Undefined has no place in a Struct; JSON leaves it out. */
export function struct(properties: Properties): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, never>);
}

function plain(message: Struct | undefined): Properties {
    return message?.toJavaScript() ?? {};
}
