import { createRequire } from "node:module";

import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import { lineWithPages } from "./inputs/report/page";
import type { Print } from "./resource/context/context";

/** A line as the engine shows it. */
export interface Message {
    text: string;
    isWarning: boolean;
    /** Progress: shown at its resource while it runs, and not kept. */
    isStatus: boolean;
}

/** A busy engine answers at once; a port that something else has may never answer. */
const ANSWER_MS = 5_000;

/**
 * The log of the engine, which shows a line at its resource, with its severity. The SDK gives a dynamic provider its standard
 * output alone, whose lines stand under the stack as information: that is the fallback, where no engine answers.
 */
export class EngineLog {
    private readonly client: EngineClient | undefined;
    /** Lines keep their order. */
    private turn: Promise<void> = Promise.resolve();
    private isAnswering = true;

    /** @param address of the engine, which is the first argument of its plugins; undefined where it did not start this process */
    constructor(
        address: string | undefined,
        private readonly fallback: (line: string) => void,
    ) {
        this.client = address === undefined ? undefined : connect(address);
    }

    /** What prints the lines of a resource, a warning with the pages of its codes; without a URN, those of the stack. */
    printer(urn: string, name: string): Print {
        return (line, kind) => {
            const shown = lineWithPages(line);
            this.write(urn, messageOf(name, shown, kind === "status"), shown);
        };
    }

    /** @param line as the fallback prints it */
    write(urn: string, message: Message, line: string): void {
        this.turn = this.turn.then(async () => {
            if (!(await this.send(urn, message))) this.fallback(line);
        });
    }

    /** The call that wrote a line waits for it: the engine ends the process after the last call. */
    settled(): Promise<void> {
        return this.turn;
    }

    close(): void {
        this.client?.close();
    }

    private send(urn: string, { text, isWarning, isStatus }: Message): Promise<boolean> {
        const { client } = this;
        if (!client || !this.isAnswering) return Promise.resolve(false);
        const request = new LogRequest()
            .setUrn(urn)
            .setMessage(text)
            .setSeverity(isWarning ? LogSeverity.WARNING : LogSeverity.INFO)
            .setEphemeral(isStatus);
        return new Promise((resolve) => {
            // The declarations want metadata first, which gRPC does not.
            const options = { deadline: Date.now() + ANSWER_MS } as unknown as grpc.Metadata;
            client.log(request, options, (error) => {
                this.isAnswering = !error;
                resolve(!error);
            });
        });
    }
}

/** With the gRPC of the SDK: a client takes no credentials of another copy of it. */
function connect(address: string): EngineClient | undefined {
    try {
        return new EngineClient(address, grpcOfSdk().credentials.createInsecure());
    } catch {
        return undefined;
    }
}

/** The plugin of a release is one file, with one gRPC in it and no package around it. */
function grpcOfSdk(): typeof grpc {
    try {
        return createRequire(require.resolve("@pulumi/pulumi/package.json"))("@grpc/grpc-js") as typeof grpc;
    } catch {
        return grpc;
    }
}

/** A line of ours, `docs: copied 10 rows`, `warning: docs: ...` or a finding of a plan, as a message at its resource. */
export function messageOf(name: string, line: string, isStatus: boolean): Message {
    const [, indent = "", warning = "", rest = ""] = /^(\s*)(warning: )?(.*)$/s.exec(line)!;
    const text = rest.startsWith(`${name}: `) ? rest.slice(name.length + 2) : rest;
    return { text: warning ? text : `${indent}${text}`, isWarning: warning !== "", isStatus };
}

/** The URN of a resource by its owner, which holds the names and types of its parents: see sdk/hidden.ts. */
export function urnOf(owner: string, name: string, type: string): string {
    const [project = "", stack = "", ...rest] = owner.split("/");
    const parents = rest
        .join("/")
        .slice(0, -name.length - 1)
        .split("::")[0];
    const isOfStack = !parents || parents === "pulumi:pulumi:Stack";
    const token = `pulumi-nodejs:dynamic/milvus:${type}`;
    return `urn:pulumi:${stack}::${project}::${isOfStack ? token : `${parents}$${token}`}::${name}`;
}
