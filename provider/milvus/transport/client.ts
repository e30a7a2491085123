import type { Client } from "@grpc/grpc-js";

import type { Connection } from "../../inputs/schema/connection";
import { callMetadata, openChannel } from "./channel";
import { checkStatus, fromGrpc, isMilvusError, MilvusError } from "./errors";
import { askedBy, denialText, isRestricted } from "./privilege";
import { type Message, type Rpc, rpc } from "./protocol";

export interface CallOptions {
    /** Deadline in seconds; the default is the connection's `timeout`. */
    seconds?: number;
    /** Minimum deadline in seconds for slow calls; the connection's `timeout` applies if it is longer. */
    atLeast?: number;
}

/** The field of an answer that holds its status; AlterCollectionSchema uses a different name. */
const statusFields = ["status", "alter_status"];

/**
 * One connection to one server. Every call has a deadline, is sent once, and fails with a `MilvusError`. An answer is a
 * success only if both fields of its status (`error_code` and `code`) say so.
 */
export class MilvusClient {
    private readonly rpcs = new Map<string, Rpc>();
    private readonly learned = new Map<string, Promise<unknown>>();
    /** What the server has let this user do, for `isProven`. */
    private readonly proven = new Set<string>();
    private turn: Promise<unknown> = Promise.resolve();
    private answered = false;
    /** The version that the server reports, such as `v2.3.5`; undefined if it reports none when connecting. */
    serverVersion: string | undefined;

    private constructor(
        readonly connection: Connection,
        /** `host:port`, for messages. */
        readonly target: string,
        private readonly channel: Client,
    ) {}

    /** The database of calls that name no other. */
    get database(): string {
        return this.connection.database ?? "default";
    }

    /** True if a name refers to the same object for both clients, even if they log in as different users. */
    isSameDatabase(other: MilvusClient): boolean {
        return this.target === other.target && this.database === other.database;
    }

    /**
     * Errors: `unreachable`, `timeout`, `tls`, `unauthenticated`. The deadline is the connection's timeout, at most 10
     * s.
     */
    static async connect(connection: Connection): Promise<MilvusClient> {
        const { channel, target } = openChannel(connection);
        const client = new MilvusClient(connection, target, channel);
        try {
            const { server_info: server } = await client.call(
                "Connect",
                { client_info: { sdk_type: "pulumi-milvus" } },
                { seconds: Math.min(10, connection.timeout) },
            );
            client.serverVersion = (server as { build_tags?: string } | null)?.build_tags || undefined;
        } catch (error) {
            // Servers before 2.2.9 do not have this call; any answer proves the connection.
            if (!(error instanceof MilvusError && error.kind === "unsupported")) {
                client.close();
                throw error;
            }
        }
        return client;
    }

    /** Calls a method of MilvusService. `about` names the object in errors, e.g. `collection docs`. */
    async call(
        method: string,
        request: Message,
        options: CallOptions & { about?: string } = {},
    ): Promise<Message> {
        return (await this.callFor(method, request, options)).answer;
    }

    /** As `call`; also names the members below `within` that only a newer protocol knows: see `Rpc.unknown`. */
    async callFor(
        method: string,
        request: Message,
        { within, ...options }: CallOptions & { about?: string; within?: string } = {},
    ): Promise<{ answer: Message; unknown: string[] }> {
        const known = this.rpc(method);
        const what = options.about ? `${method} ${options.about}` : method;
        const bytes = await this.send(known.path, known.encode(request), what, options);
        const answer = known.decode(bytes);
        // DDL calls return a bare status, the others contain one; an answer without a status is malformed.
        const carried = statusFields.find((field) => field in answer);
        const status = carried === undefined ? answer : (answer[carried] as Message | null);
        if (!status)
            throw new MilvusError("bad-answer", `${what}: the answer of ${this.target} has no status`);
        try {
            checkStatus(what, status);
            this.prove(method, request);
        } catch (error) {
            // Whatever else the server objects to, it has let the user ask.
            if (!isMilvusError(error, "forbidden", "unauthenticated")) this.prove(method, request);
            throw error;
        }
        return { answer, unknown: within === undefined ? [] : known.unknown(bytes, within) };
    }

    /** Sends and returns encoded messages without reading the status. Row data uses this path. */
    send(path: string, request: Buffer, what: string, options: CallOptions = {}): Promise<Buffer> {
        const { timeout } = this.connection;
        const seconds = options.seconds ?? Math.max(options.atLeast ?? 0, timeout);
        return new Promise((resolve, reject) => {
            this.channel.makeUnaryRequest(
                path,
                (bytes: Buffer) => bytes,
                (bytes: Buffer) => bytes,
                request,
                callMetadata(this.connection),
                { deadline: Date.now() + seconds * 1000 },
                (failure, answer) => {
                    const denial = (details: string) => denialText(details, this.refused(path, request));
                    if (failure) reject(fromGrpc(what, this.target, failure, seconds, this.answered, denial));
                    else {
                        this.answered = true;
                        resolve(answer!);
                    }
                },
            );
        });
    }

    /** Queries a fact about the server once per connection; a failed query is repeated. */
    once<T>(what: string, learn: () => Promise<T>): Promise<T> {
        const known = this.learned.get(what) as Promise<T> | undefined;
        if (known) return known;
        const learning = learn();
        this.learned.set(what, learning);
        learning.catch(() => this.learned.delete(what));
        return learning;
    }

    /** Whether the server has answered such a call about the same object before: then this user has the privilege for it. */
    isProven(method: string, request: Message): boolean {
        return this.proven.has(this.proof(method, request));
    }

    private prove(method: string, request: Message): void {
        if (isRestricted(this.connection)) this.proven.add(this.proof(method, request));
    }

    private proof(method: string, request: Message): string {
        const known = this.rpc(method);
        const { name, database = this.database } = askedBy(known.path, known.encode(request));
        return `${method} ${database} ${name}`;
    }

    /** Runs calls one after the other that the server cannot process concurrently. */
    inTurn<T>(call: () => Promise<T>): Promise<T> {
        const own = this.turn.then(call);
        this.turn = own.catch(() => undefined);
        return own;
    }

    private refused(path: string, request: Buffer) {
        return {
            asked: askedBy(path, request),
            connection: this.connection,
            version: this.serverVersion,
        };
    }

    close(): void {
        this.channel.close();
    }

    private rpc(method: string): Rpc {
        let known = this.rpcs.get(method);
        if (!known) this.rpcs.set(method, (known = rpc(method)));
        return known;
    }
}
