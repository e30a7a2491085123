import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties } from "./values";

/** What the program and the provider may ask of the engine. */
export interface Handlers {
    registerResource(
        request: proto.RegisterResourceRequest,
    ): Promise<{ urn: string; id: string; outputs: Properties }>;
    registerOutputs(urn: string, outputs: Properties): void;
    /** Called when the program has registered all it has; the program waits for the answer. */
    shutdown(): Promise<void>;
    log(severity: "debug" | "info" | "warning" | "error", message: string, urn: string): void;
}

/** Registration was refused because the operation has failed: the program is to end without a word. */
export class Stopped extends Error {}

/** The two services of the engine on one port. A method that is missing here answers UNIMPLEMENTED. */
export async function serve(handlers: Handlers): Promise<{ address: string; close(): void }> {
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(ResourceMonitorService, {
        supportsFeature: answer((request: proto.SupportsFeatureRequest) =>
            // Without `aliasSpecs` and `resourceReferences` the SDK sends plain URNs and ids.
            new proto.SupportsFeatureResponse().setHassupport(request.getId() === "secrets"),
        ),
        registerResource: answer(async (request: proto.RegisterResourceRequest) => {
            const { urn, id, outputs } = await handlers.registerResource(request);
            return new proto.RegisterResourceResponse()
                .setUrn(urn)
                .setId(id)
                .setObject(Struct.fromJavaScript(outputs));
        }),
        registerResourceOutputs: answer((request: proto.RegisterResourceOutputsRequest) => {
            handlers.registerOutputs(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
            return new Empty();
        }),
        readResource: answer((request: proto.ReadResourceRequest) => {
            throw new Error(
                `${request.getName()}: the test engine does not read resources it does not manage`,
            );
        }),
        signalAndWaitForShutdown: answer(async () => {
            await handlers.shutdown();
            return new Empty();
        }),
    });
    let root = "";
    server.addService(EngineService, {
        log: answer((request: engine.LogRequest) => {
            const severity = (["debug", "info", "warning", "error"] as const)[request.getSeverity()];
            if (!request.getEphemeral()) handlers.log(severity, request.getMessage(), request.getUrn());
            return new Empty();
        }),
        setRootResource: answer((request: engine.SetRootResourceRequest) => {
            root = request.getUrn();
            return new engine.SetRootResourceResponse();
        }),
        getRootResource: answer(() => new engine.GetRootResourceResponse().setUrn(root)),
    });
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function answer<Request, Answer>(handle: (request: Request) => Answer | Promise<Answer>) {
    return (call: ServerUnaryCall<Request, Answer>, done: sendUnaryData<Answer>): void => {
        Promise.resolve()
            .then(() => handle(call.request))
            .then(
                (value) => done(null, value),
                (error: unknown) =>
                    // The SDK takes UNAVAILABLE for the engine's end, and keeps quiet.
                    done({
                        code: error instanceof Stopped ? status.UNAVAILABLE : status.UNKNOWN,
                        details: (error as Error).message,
                    }),
            );
    };
}
