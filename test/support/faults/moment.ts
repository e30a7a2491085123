/** A call on its way to the server. */
export interface Call {
    /** As the proto names it: `CreateCollection`. */
    method: string;
    /** Names as in the proto. */
    request: Record<string, unknown>;
}

/** A named point in the provider's work, told by its calls. */
export interface Moment {
    method: string;
    /** Which calls of the method count; all unless given. */
    of?: (request: Call["request"]) => boolean;
    /** The how many-th of them, from 1; the first unless given. */
    nth?: number;
    /** Before the server hears of the call; or when it has answered, and nobody has heard the answer. */
    when: "before" | "after";
}

/** What becomes of a call after the moment. */
export type Outcome =
    /** As if nothing had happened. */
    | { kind: "go-on" }
    /** No answer ever comes; who asked is gone, or the connection is. */
    | { kind: "lose" }
    /** The server seems to refuse it. */
    | { kind: "refuse"; reason: string };

/** What happens at a moment, once. */
export interface Order {
    readonly reached: boolean;
    /** Resolves when what was ordered has happened, and fails when it could not. */
    readonly done: Promise<void>;
}

/** Counts the calls that a moment may mean, and acts at the right one. */
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
        // Who waits for it hears of it; until then nobody may.
        this.done.catch(() => undefined);
    }

    /** True for the one call that is meant. Each call is shown once. */
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
