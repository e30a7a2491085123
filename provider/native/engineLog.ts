import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export type Severity = "info" | "warning" | "error";

/** A line for people. */
export interface Line {
    severity: Severity;
    text: string;
    /** Shown beside the resource until the next one comes, and in no log. */
    isStatus: boolean;
}

const severities = {
    info: LogSeverity.INFO,
    warning: LogSeverity.WARNING,
    error: LogSeverity.ERROR,
} satisfies Record<Severity, LogSeverity>;

/** The engine's log. It shows what a plugin writes there under the resource; standard output is hidden. */
export class EngineLog {
    private readonly client: EngineClient;
    private sent: Promise<void> = Promise.resolve();

    constructor(address: string) {
        this.client = new EngineClient(address, credentials.createInsecure());
    }

    /** Lines arrive one after the other, in their order. One that the engine does not take is lost: the call goes on. */
    write(urn: string, { severity, text, isStatus }: Line): void {
        const request = new LogRequest();
        request.setUrn(urn);
        request.setSeverity(severities[severity]);
        request.setMessage(text);
        request.setEphemeral(isStatus);
        this.sent = this.sent.then(
            () => new Promise((resolve) => void this.client.log(request, () => resolve())),
        );
    }

    /** A call ends after its lines: the engine may stop the plugin after the last one. */
    written(): Promise<void> {
        return this.sent;
    }

    close(): void {
        this.client.close();
    }
}
