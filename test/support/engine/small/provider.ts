import { createRequire } from "node:module";
import { join } from "node:path";

import { credentials, Metadata, type CallOptions, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Program } from "../program";
import { startNode } from "./nodeProcess";
import { startWarm } from "./warm/pool";
import type { Properties } from "./values";

const callMinutes = 10;
const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

interface CheckResult {
    inputs: Properties;
    failures: { property: string; reason: string }[];
}

interface DiffResult {
    changes: "some" | "none" | "unknown";
    replaces: string[];
    deleteBeforeReplace: boolean;
}

/** A resource that was made, and then did not come into its own. */
export class InitError extends Error {
    constructor(
        readonly id: string,
        readonly outputs: Properties,
        readonly reasons: string[],
    ) {
        super(`initialization failed: ${reasons.join("; ")}`);
    }
}

/** The dynamic provider of @pulumi/pulumi, in a process of its own. Values go in and out in plain. */
export interface DynamicProvider {
    check(urn: string, olds: Properties, news: Properties): Promise<CheckResult>;
    diff(urn: string, id: string, olds: Properties, news: Properties): Promise<DiffResult>;
    create(urn: string, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    read(urn: string, id: string, outputs: Properties): Promise<ReadResult>;
    update(urn: string, id: string, olds: Properties, news: Properties): Promise<Properties>;
    delete(urn: string, id: string, outputs: Properties): Promise<void>;
    /** @param isDone whether the operation went well, so that nothing of it is at work any more */
    end(isDone: boolean): Promise<void>;
}

interface ReadResult {
    /** Empty when the resource is gone. */
    id: string;
    outputs: Properties;
    inputs: Properties | undefined;
}

/** Starts the provider in the program's folder, as the CLI does, and configures it with the stack's configuration. */
export async function startProvider(options: {
    program: Program;
    config: Record<string, string>;
    env: Record<string, string>;
    announce: string | undefined;
    warm: boolean;
    /** That of the engine. */
    address: string;
    onLine: (line: string) => void;
}): Promise<DynamicProvider> {
    const { program, config, env, announce, warm, address: engine, onLine } = options;
    const { dir } = program;
    const find = createRequire(join(dir, "package.json"));
    let tellPort: (line: string) => void = () => undefined;
    const port = new Promise<string>((resolve) => (tellPort = resolve));
    let first = true;
    const args = [engine];
    const own = { ...env, PULUMI_NODEJS_PROJECT: program.project };
    const hear = (line: string, stream: "stdout" | "stderr") => {
        if (stream === "stdout" && first) {
            first = false;
            tellPort(line);
        } else onLine(line);
    };
    const script = find.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = warm
        ? startWarm({ kind: "provider", dir, env: own, announce, args }, hear)
        : startNode({ script, args, cwd: dir, env: own, onLine: hear });
    const noPort = child.exit.then((code) => Promise.reject(new Error(`the provider ended with ${code}`)));
    noPort.catch(() => undefined);
    const address = `127.0.0.1:${await Promise.race([port, noPort])}`;
    const client = new ResourceProviderClient(address, credentials.createInsecure(), unlimited);
    const call = caller(client);
    await call("configure", new proto.ConfigureRequest().setArgs(struct(config)).setAcceptsecrets(true));
    return {
        check: async (urn, olds, news) => {
            const request = new proto.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
            const answer = await call<proto.CheckResponse>("check", request);
            const failures = answer.getFailuresList();
            return {
                inputs: plain(answer.getInputs()),
                failures: failures.map((failure) => failure.toObject()),
            };
        },
        diff: async (urn, id, olds, news) => {
            const request = new proto.DiffRequest()
                .setUrn(urn)
                .setId(id)
                .setOlds(struct(olds))
                .setNews(struct(news));
            const answer = await call<proto.DiffResponse>("diff", request);
            const replaces = answer.getReplacesList();
            return {
                changes: (["unknown", "none", "some"] as const)[answer.getChanges()],
                replaces,
                deleteBeforeReplace: answer.getDeletebeforereplace(),
            };
        },
        create: async (urn, inputs) => {
            const request = new proto.CreateRequest().setUrn(urn).setProperties(struct(inputs));
            const answer = await call<proto.CreateResponse>("create", request);
            return { id: answer.getId(), outputs: plain(answer.getProperties()) };
        },
        read: async (urn, id, outputs) => {
            const request = new proto.ReadRequest().setUrn(urn).setId(id).setProperties(struct(outputs));
            const answer = await call<proto.ReadResponse>("read", request);
            const inputs = answer.hasInputs() ? plain(answer.getInputs()) : undefined;
            return { id: answer.getId(), outputs: plain(answer.getProperties()), inputs };
        },
        update: async (urn, id, olds, news) => {
            const request = new proto.UpdateRequest()
                .setUrn(urn)
                .setId(id)
                .setOlds(struct(olds))
                .setNews(struct(news));
            return plain((await call<proto.UpdateResponse>("update", request)).getProperties());
        },
        delete: async (urn, id, outputs) => {
            await call(
                "delete",
                new proto.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(outputs)),
            );
        },
        end: async (isDone) => {
            client.close();
            await child.end(isDone);
        },
    };
}

type Method<Answer> = (
    request: object,
    metadata: Metadata,
    options: Partial<CallOptions>,
    done: (error: ServiceError | null, answer: Answer) => void,
) => unknown;

function caller(client: ResourceProviderClient) {
    type Name = "configure" | "check" | "diff" | "create" | "read" | "update" | "delete";
    return <Answer>(name: Name, request: object): Promise<Answer> => {
        const method = client[name].bind(client) as unknown as Method<Answer>;
        const options = { deadline: Date.now() + callMinutes * 60_000 };
        return new Promise((resolve, reject) => {
            method(request, new Metadata(), options, (error, answer) =>
                error ? reject(explain(error)) : resolve(answer),
            );
        });
    };
}

/** A status with details tells of a resource that exists all the same. */
function explain(error: ServiceError): Error {
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    const [any] = bytes ? Status.deserializeBinary(Buffer.from(bytes)).getDetailsList() : [];
    if (!any) return new Error(error.details || error.message);
    const detail = proto.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    return new InitError(detail.getId(), plain(detail.getProperties()), detail.getReasonsList());
}

/** Undefined has no place in a Struct; JSON leaves it out. */
function struct(properties: Properties): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, never>);
}

function plain(message: Struct | undefined): Properties {
    return message?.toJavaScript() ?? {};
}
