import {
    type Metadata,
    type sendUnaryData,
    type ServerUnaryCall,
    status,
    type UntypedHandleCall,
} from "@grpc/grpc-js";

import { type Access, denial, visibility } from "./access";
import type { Call, Handler } from "./call";
import { handlers, type Rpc } from "./handlers";
import { isWrite, limitWrite } from "./limits";
import type { Named } from "./messages";
import { type Method, methods } from "./proto";
import { Refusal } from "./refusal";
import { rpcSince } from "./rules";
import type { Version } from "./version";

/** A requested failure: of the transport, or a refusal with Milvus' text. */
export type Failure =
    | { grpc: status; details: string }
    | { code: number; reason: string; retriable?: boolean }
    /** The call is executed, and its answer is lost. */
    | { lost: true }
    /** The call succeeds, and the next failure waits for the next call. */
    | { passes: true };

export interface Behaviour extends Omit<Call, "database" | "sees"> {
    lacks: ReadonlySet<Rpc>;
    access: Access | undefined;
    /** Names of the RPCs in call order. */
    calls: string[];
    /** Requested failures, the next one first. */
    failures: Map<string, Failure[]>;
}

/** MilvusService with encoded messages: they are decoded here, so that an invalid request is a separate error. */
export const definition = Object.fromEntries(
    methods.map(({ name, path }) => [
        name,
        {
            path,
            requestStream: false,
            responseStream: false,
            requestSerialize: (bytes: Buffer) => bytes,
            requestDeserialize: (bytes: Buffer) => bytes,
            responseSerialize: (bytes: Buffer) => bytes,
            responseDeserialize: (bytes: Buffer) => bytes,
        },
    ]),
);

export function implementation(behaviour: Behaviour): Record<string, UntypedHandleCall> {
    return Object.fromEntries(
        methods.map((method) => [
            method.name,
            (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
                answered(method, call, answer, behaviour);
            },
        ]),
    );
}

function answered(
    method: Method,
    { request, metadata }: ServerUnaryCall<Buffer, Buffer>,
    answer: sendUnaryData<Buffer>,
    behaviour: Behaviour,
): void {
    const { name } = method;
    behaviour.calls.push(name);
    const ordered = behaviour.failures.get(name)?.shift();
    if (ordered && "grpc" in ordered) return answer({ code: ordered.grpc, details: ordered.details });
    if (!knows(name, behaviour.version) || behaviour.lacks.has(name as Rpc))
        return answer({
            code: status.UNIMPLEMENTED,
            details: `unknown method ${name} for service milvus.proto.milvus.MilvusService`,
        });
    if (!(name in handlers))
        return answer({ code: status.INTERNAL, details: `the fake server does not implement ${name}` });
    try {
        if (ordered && "code" in ordered) throw new Refusal(ordered.code, ordered.reason, ordered.retriable);
        const handler = handlers[name as Rpc] as Handler;
        const message = method.decode(request);
        const database = databaseOf(message, metadata);
        const sees = visibility(metadata, { ...behaviour, database });
        const call = { ...behaviour, database, sees };
        const denied = denial(method, metadata, message, call);
        if (denied) return answer(denied);
        // The interceptor of the proxy limits requests before it reads them.
        if (isWrite(name)) limitWrite(name, message as Named, request.length, call);
        const body = handler(message as never, call);
        if (ordered && "lost" in ordered) answer({ code: status.UNAVAILABLE, details: "read ECONNRESET" });
        else answer(null, method.encode(withStatus(method, { code: 0 }, body)));
    } catch (error) {
        if (error instanceof Refusal)
            answer(
                null,
                method.encode(
                    withStatus(
                        method,
                        {
                            error_code: "UnexpectedError",
                            code: error.code,
                            reason: error.reason,
                            retriable: error.isRetriable,
                        },
                        {},
                    ),
                ),
            );
        else
            answer({
                code: status.INTERNAL,
                details: `the fake server failed in ${name}: ${(error as Error).stack ?? ""}`,
            });
    }
}

function knows(name: string, version: Version): boolean {
    const since = rpcSince[name];
    return since === undefined || version.since(...since);
}

function databaseOf(message: object, metadata: Metadata): string {
    const named = "db_name" in message ? (message.db_name as string) : "";
    return named || String(metadata.get("dbname")[0] ?? "") || "default";
}

function withStatus({ status: member }: Method, status: object, body: object): object {
    return member === undefined ? status : { ...body, [member]: status };
}
