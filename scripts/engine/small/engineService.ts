import {
    Server,
    ServerCredentials,
    status as statusCodes,
    type sendUnaryData,
    type ServerUnaryCall,
    type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export type Log = (severity: "debug" | "info" | "warning" | "error", message: string, urn: string) => void;

/** Progress, which is not kept. */
export type Status = (message: string, urn: string) => void;

/** Registration was refused because the operation has failed: the program is to end without a word. */
export class Stopped extends Error {}

/** What programs and providers ask of the engine itself. */
export function addEngine(server: Server, log: Log, status: Status = () => undefined): void {
    let root = "";
    server.addService(EngineService, {
        log: answer((request: engine.LogRequest) => {
            const severity = (["debug", "info", "warning", "error"] as const)[request.getSeverity()];
            if (request.getEphemeral()) status(request.getMessage(), request.getUrn());
            else log(severity, request.getMessage(), request.getUrn());
            return new Empty();
        }),
        setRootResource: answer((request: engine.SetRootResourceRequest) => {
            root = request.getUrn();
            return new engine.SetRootResourceResponse();
        }),
        getRootResource: answer(() => new engine.GetRootResourceResponse().setUrn(root)),
    } satisfies UntypedServiceImplementation);
}

export function newServer(): Server {
    return new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
}

export async function listen(server: Server): Promise<{ address: string; close(): void }> {
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

export function answer<Request, Answer>(handle: (request: Request) => Answer | Promise<Answer>) {
    return (call: ServerUnaryCall<Request, Answer>, done: sendUnaryData<Answer>): void => {
        Promise.resolve()
            .then(() => handle(call.request))
            .then(
                (value) => done(null, value),
                (error: unknown) =>
                    // The SDK takes UNAVAILABLE for the engine's end, and keeps quiet.
                    done({
                        code: error instanceof Stopped ? statusCodes.UNAVAILABLE : statusCodes.UNKNOWN,
                        details: (error as Error).message,
                    }),
            );
    };
}
