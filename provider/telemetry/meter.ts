import type {
    Measure,
    MeasuredMigration,
    MeasuredPass,
    MeasuredPhase,
    RestingPlace,
} from "../migration/measure";
import type { Progress } from "../migration/report";
import type { ErrorKind } from "../milvus/transport/errors";
import { type Traffic, watched } from "../milvus/transport/traffic";
import type { MigrationTrace } from "./migrationTrace";
import type { Series } from "./series";
import type { Attributes } from "./traces";

/** What a phase has counted, for its span. */
interface Counted {
    phase: MeasuredPhase;
    counts: Attributes & Record<"pulumi_milvus.sent_bytes" | "pulumi_milvus.retries", number>;
}

/** Measures one migration, for metrics, for traces, or for both. */
export class Meter implements Measure {
    /** The outermost phase comes first. */
    private readonly open: Counted[] = [];
    private place: RestingPlace | undefined;
    private isBegun = false;

    constructor(
        private readonly series: Series | undefined,
        private readonly trace: MigrationTrace | undefined,
    ) {}

    begin(migration: MeasuredMigration): void {
        // A worker comes back to a copy that it has made: that is no end.
        this.trace?.end();
        this.isBegun = true;
        this.place = undefined;
        this.series?.begin(migration);
        this.trace?.begin(migration);
    }

    async phase<T>(phase: MeasuredPhase, work: () => Promise<T>): Promise<T> {
        this.start(phase);
        try {
            const result = await watched(this.traffic, work);
            this.stop(phase);
            return result;
        } catch (error) {
            this.stop(phase, error);
            if (this.open.length === 0) this.end(error);
            throw error;
        }
    }

    progress(progress: Progress): void {
        this.series?.progress(progress);
        const current = this.open.at(-1);
        if (current && progress.step !== "load") current.counts["pulumi_milvus.rows"] = progress.done;
    }

    passed(pass: MeasuredPass): void {
        const current = this.open.at(-1);
        if (current) {
            current.counts["pulumi_milvus.late_writes"] = pass.applied;
            current.counts["pulumi_milvus.superseded_writes"] = pass.superseded;
        }
        this.series?.passed(current?.phase ?? "catch-up", pass);
    }

    cutover(place: Exclude<RestingPlace, "failed">): void {
        if (place === "caught-up") this.start("switch");
        else this.stop("switch");
        if (place === "fenced") this.series?.run("write pause");
        else if (place !== "caught-up") this.series?.stop("write pause");
        this.place = place;
        this.show();
    }

    undone(): void {
        this.stop("switch", undoneSwitch);
        this.end(undoneSwitch);
    }

    lease(until: number | undefined): void {
        this.series?.lease(until);
    }

    end(error?: unknown): void {
        if (!this.isBegun) return;
        this.isBegun = false;
        for (const { phase } of [...this.open]) this.stop(phase, error);
        this.series?.stop("write pause");
        this.series?.end(error === undefined ? "done" : "failed");
        this.trace?.end(error === undefined ? undefined : { type: typeOf(error) });
        this.place = error === undefined ? "done" : "failed";
        this.show();
    }

    /** The session ends: a migration between two phases goes on in another process. */
    close(): void {
        if (this.open.length > 0) this.end(interrupted);
        else this.trace?.end();
    }

    private readonly traffic: Traffic = {
        sent: (bytes) => {
            this.series?.sent(bytes);
            for (const { counts } of this.open) counts["pulumi_milvus.sent_bytes"] += bytes;
        },
        retried: (kind: ErrorKind) => {
            this.series?.retried(kind);
            for (const { counts } of this.open) counts["pulumi_milvus.retries"]++;
        },
    };

    private start(phase: MeasuredPhase): void {
        this.isBegun = true;
        this.open.push({
            phase,
            counts: { "pulumi_milvus.sent_bytes": 0, "pulumi_milvus.retries": 0 },
        });
        this.series?.run(phase);
        this.trace?.run(phase);
        this.show();
    }

    private stop(phase: MeasuredPhase, error?: unknown): void {
        const place = this.open.findLastIndex((one) => one.phase === phase);
        if (place < 0) return;
        for (const ended of this.open.splice(place).reverse()) {
            this.series?.stop(ended.phase);
            this.trace?.stop(
                ended.phase,
                ended.counts,
                error === undefined ? undefined : { type: typeOf(error) },
            );
        }
        this.show();
    }

    /** Writes are refused until the switch, whatever runs then. */
    private show(): void {
        const state = this.place === "fenced" ? "fenced" : (this.open[0]?.phase ?? this.place);
        if (state !== undefined) this.series?.enter(state);
    }
}

/** The cause has its own span, that of the pass or of the alias. */
const undoneSwitch = Object.assign(new Error("the switch was undone"), { code: "undone" });

/** Ended with the session: the next run goes on. */
const interrupted = Object.assign(new Error("interrupted"), { code: "interrupted" });

/** The code of an error (MV309): its message may hold a value of a row. */
function typeOf(error: unknown): string {
    const { code } = error as { code?: unknown };
    return typeof code === "string" ? code : "unknown";
}
