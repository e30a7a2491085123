import type { Client } from "@grpc/grpc-js";

import type { Connection } from "../inputs/schema/connection";
import { callMetadata, openChannel } from "./channel";
import { checkStatus, fromGrpc, MilvusError } from "./errors";
import { type Message, type Rpc, rpc } from "./protocol";

export interface CallOptions {
    /** Deadline in seconds; the connection's `timeout` unless given. */
    seconds?: number;
    /** The same for what takes longer than other calls: the connection's `timeout` where that is longer. */
    atLeast?: number;
}

/** Where an answer carries its status; AlterCollectionSchema has a name of its own for it. */
const statusFields = ["status", "alter_status"];

/**
 * One connection to one server. Every call has a deadline, is sent once, and fails with a `MilvusError`; an answer
 * counts as a success only when its status says so twice (`error_code` and `code`).
 */
export class MilvusClient {
    private readonly rpcs = new Map<string, Rpc>();
    private readonly learned = new Map<string, Promise<unknown>>();
    private turn: Promise<unknown> = Promise.resolve();
    private answered = false;
    /** What the server says of itself, `v2.3.5` and the like; undefined where it says nothing at the connection. */
    serverVersion: string | undefined;

    private constructor(
        readonly connection: Connection,
        /** `host:port`, for people. */
        readonly target: string,
        private readonly channel: Client,
    ) {}

    /** The database that calls go to unless they name another. */
    get database(): string {
        return this.connection.database ?? "default";
    }

    /** Whether names mean the same to both: they may log in as different users. */
    isSameDatabase(other: MilvusClient): boolean {
        return this.target === other.target && this.database === other.database;
    }

    /** Errors: `unreachable`, `timeout`, `tls`, `unauthenticated`, within the connection's timeout, at most 10 s. */
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
            // Servers before 2.2.9 do not know the call; that they answer is enough.
            if (!(error instanceof MilvusError && error.kind === "unsupported")) {
                client.close();
                throw error;
            }
        }
        return client;
    }

    /** Calls a method of MilvusService. `about` names the thing in errors, e.g. `collection docs`. */
    async call(
        method: string,
        request: Message,
        options: CallOptions & { about?: string } = {},
    ): Promise<Message> {
        const known = this.rpc(method);
        const what = options.about ? `${method} ${options.about}` : method;
        const answer = known.decode(await this.send(known.path, known.encode(request), what, options));
        // DDL calls answer with a bare status, the others carry one; an answer without is none.
        const carried = statusFields.find((field) => field in answer);
        const status = carried === undefined ? answer : (answer[carried] as Message | null);
        if (!status) throw new MilvusError("bad-answer", `${what}: ${this.target} answered without a status`);
        checkStatus(what, status);
        return answer;
    }

    /** The same with the bytes of the messages, their status unread: the way of the rows. */
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
                    if (failure) reject(fromGrpc(what, this.target, failure, seconds, this.answered));
                    else {
                        this.answered = true;
                        resolve(answer!);
                    }
                },
            );
        });
    }

    /** Learns something of the server once a connection; what failed is asked again. */
    once<T>(what: string, learn: () => Promise<T>): Promise<T> {
        const known = this.learned.get(what) as Promise<T> | undefined;
        if (known) return known;
        const learning = learn();
        this.learned.set(what, learning);
        learning.catch(() => this.learned.delete(what));
        return learning;
    }

    /** Carries out calls that the server must not get at once, one after the other. */
    inTurn<T>(call: () => Promise<T>): Promise<T> {
        const own = this.turn.then(call);
        this.turn = own.catch(() => undefined);
        return own;
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
