import type { Client, sendUnaryData, ServerUnaryCall, ServiceError } from "@grpc/grpc-js";

import type { Method } from "../fake/proto";
import { type Insertion, readInsertion } from "./insertion";
import { type Call, type Moment, type Order, type Outcome, Watch } from "./moment";

const itself = (bytes: Buffer) => bytes;

/** Forwards each call to the server and its answer back, and lets the watches intervene. */
export class Forwarder {
    readonly calls: string[] = [];
    readonly insertions: Insertion[] = [];
    private readonly watches: Watch[] = [];
    private readonly underWay = new Set<Promise<void>>();

    constructor(private readonly upstream: Client) {}

    at(moment: Moment, act: () => Promise<Outcome>): Order {
        const watch = new Watch(moment, act);
        this.watches.push(watch);
        return watch;
    }

    ready(seconds: number): Promise<void> {
        return new Promise((resolve, reject) => {
            this.upstream.waitForReady(Date.now() + seconds * 1000, (error) =>
                error ? reject(error) : resolve(),
            );
        });
    }

    async idle(): Promise<void> {
        while (this.underWay.size > 0) await Promise.all(this.underWay);
    }

    close(): void {
        this.upstream.close();
    }

    serve(method: Method, call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void {
        this.calls.push(method.name);
        const work = this.carry(method, call, answer).catch((error: unknown) => answer(error as Error));
        const done: Promise<void> = work.then(() => void this.underWay.delete(done));
        this.underWay.add(done);
    }

    private async carry(
        method: Method,
        call: ServerUnaryCall<Buffer, Buffer>,
        answer: sendUnaryData<Buffer>,
    ): Promise<void> {
        let decoded: Call["request"] | undefined;
        const request = () => (decoded ??= method.decode(call.request) as Call["request"]);
        // Every watch counts the call, whichever of them acts.
        const [watch] = this.watches.filter((one) => one.means(method.name, request));
        const early = watch ? await watch.happen("before") : ({ kind: "go-on" } as const);
        if (early.kind !== "go-on") return answerWith(method, early, answer);
        if (method.name === "Insert") this.insertions.push(readInsertion(call.request));
        const [failure, bytes] = await this.forward(method, call, watch === undefined);
        const late = watch ? await watch.happen("after") : ({ kind: "go-on" } as const);
        if (late.kind !== "go-on") return answerWith(method, late, answer);
        if (failure) answer({ code: failure.code, details: failure.details });
        else answer(null, bytes);
    }

    /** A held call arrives late, as a packet does, and is executed even if its caller is gone. */
    private forward(
        method: Method,
        call: ServerUnaryCall<Buffer, Buffer>,
        withdrawable: boolean,
    ): Promise<[ServiceError | null, Buffer?]> {
        return new Promise((resolve) => {
            const sent = this.upstream.makeUnaryRequest(
                method.path,
                itself,
                itself,
                call.request,
                call.metadata,
                (error, bytes) => resolve([error, bytes]),
            );
            if (withdrawable) call.once("cancelled", () => sent.cancel());
        });
    }
}

function answerWith(
    method: Method,
    outcome: Exclude<Outcome, { kind: "go-on" }>,
    answer: sendUnaryData<Buffer>,
): void {
    if (outcome.kind === "lose") return;
    const status = { error_code: "UnexpectedError", code: 65535, reason: outcome.reason };
    answer(null, method.encode(method.status === undefined ? status : { [method.status]: status }));
}
