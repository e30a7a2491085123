import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import type { Service } from "./service";

/** The engine sends properties of this size at most. Source: pulumi/pulumi, sdk/go/common/util/rpcutil. */
const MAX_BYTES = 400 * 2 ** 20;

/** Listens on a free port of this machine, and returns the port. */
export function serve(service: Service): Promise<{ port: number; server: grpc.Server }> {
    const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_BYTES });
    server.addService(ResourceProviderService, service.implementation());
    return new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
            if (error) reject(error);
            else resolve({ port, server });
        });
    });
}
