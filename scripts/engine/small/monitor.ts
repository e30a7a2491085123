import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { addEngine, answer, listen, newServer, type Log } from "./engineService";
import type { Properties } from "./values";

/** What the program and the provider may ask of the engine. */
export interface Handlers {
    registerResource(
        request: proto.RegisterResourceRequest,
    ): Promise<{ urn: string; id: string; outputs: Properties }>;
    registerOutputs(urn: string, outputs: Properties): void;
    /** Called when the program has registered all it has; the program waits for the answer. */
    shutdown(): Promise<void>;
    log: Log;
}

/** The two services of the engine on one port. A method that is missing here answers UNIMPLEMENTED. */
export async function serve(handlers: Handlers): Promise<{ address: string; close(): void }> {
    const server = newServer();
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
    addEngine(server, (...line) => handlers.log(...line));
    return listen(server);
}
