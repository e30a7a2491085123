/** A call to the server. */
export interface Call {
    /** The name in the proto: `CreateCollection`. */
    method: string;
    /** Names as in the proto. */
    request: Record<string, unknown>;
}

/** A point in the provider's work, identified by its calls. */
export interface Moment {
    method: string;
    /** Filters the calls of the method; all by default. */
    of?: (request: Call["request"]) => boolean;
    /** The number of the matching call, from 1; the first by default. */
    nth?: number;
    /** Before the server receives the call; or after it answered, while the answer is held. */
    when: "before" | "after";
}

/** What happens to a call after the moment. */
export type Outcome =
    /** The call continues normally. */
    | { kind: "go-on" }
    /** The answer is lost: the caller or the connection is gone. */
    | { kind: "lose" }
    /** The caller receives a refusal. */
    | { kind: "refuse"; reason: string };

/** An action at a moment, once. */
export interface Order {
    readonly reached: boolean;
    /** Resolves when the action is done, and rejects if it fails. */
    readonly done: Promise<void>;
}

/** Counts the matching calls, and acts at the right one. */
export class Watch implements Order {
    reached = false;
    readonly done: Promise<void>;
    private seen = 0;
    private settlement: { done: () => void; failed: (error: Error) => void } | undefined;

    constructor(
        private readonly moment: Moment,
        private readonly act: () => Promise<Outcome>,
    ) {
        this.done = new Promise((done, failed) => (this.settlement = { done, failed }));
        // Prevents an unhandled rejection before a caller awaits it.
        this.done.catch(() => undefined);
    }

    /** True for the matching call. Each call is passed once. */
    means(method: string, request: () => Call["request"]): boolean {
        const { moment } = this;
        if (method !== moment.method || this.reached) return false;
        if (moment.of && !moment.of(request())) return false;
        return ++this.seen === (moment.nth ?? 1);
    }

    async happen(when: Moment["when"]): Promise<Outcome> {
        if (when !== this.moment.when) return { kind: "go-on" };
        this.reached = true;
        try {
            const outcome = await this.act();
            this.settlement!.done();
            return outcome;
        } catch (error) {
            this.settlement!.failed(error as Error);
            return { kind: "lose" };
        }
    }
}
