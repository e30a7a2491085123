import type { Span } from "@opentelemetry/api";

import type { MeasuredMigration, MeasuredPhase } from "../migration/measure";
import type { Labels } from "./labels";
import { writeTraceParent } from "./traceParent";
import { type Attributes, Traces } from "./traces";

/** Where the calls of a run find the trace of a migration that an earlier one began, maybe in another process. */
export interface TraceMemory {
    get(key: string): string | undefined;
    set(key: string, value: string): void;
}

/** The spans of one migration: one for the whole, and one a phase. */
export class MigrationTrace {
    private root: Span | undefined;
    private attributes: Attributes;
    private readonly open: { phase: MeasuredPhase; span: Span }[] = [];
    private readonly key: string;

    constructor(
        private readonly traces: Traces,
        { project, stack, collection }: Labels,
        private readonly memory: TraceMemory,
    ) {
        this.key = `trace:${project}/${stack}/${collection}`;
        this.attributes = {
            "db.system.name": "milvus",
            "pulumi.project": project,
            "pulumi.stack": stack,
            "pulumi_milvus.resource": collection,
        };
    }

    /** The attributes are those of the semantic conventions for databases, where they have one. */
    begin({ source, target, resumedRows }: MeasuredMigration): void {
        const [, address, port] = /^(.*):(\d+)$/.exec(target.client.target) ?? [];
        this.attributes = {
            ...this.attributes,
            "db.namespace": target.ref.database ?? target.client.database,
            "db.collection.name": target.ref.name,
            "pulumi_milvus.source": source.ref.name,
            ...(address !== undefined && { "server.address": address, "server.port": Number(port) }),
        };
        this.root = this.traces.start(
            "migration",
            { ...this.attributes, "pulumi_milvus.resumed_rows": resumedRows },
            undefined,
        );
        this.memory.set(this.key, writeTraceParent(this.root.spanContext()));
    }

    run(phase: MeasuredPhase): void {
        // The end of a migration that another process has begun.
        this.root ??= this.traces.start("migration", this.attributes, this.memory.get(this.key) || undefined);
        const parent = this.open.at(-1)?.span ?? this.root;
        this.open.push({ phase, span: this.traces.start(phase, this.attributes, parent) });
    }

    stop(phase: MeasuredPhase, attributes: Attributes, error?: { type: string }): void {
        const place = this.open.findLastIndex((one) => one.phase === phase);
        if (place < 0) return;
        for (const { span } of this.open.splice(place).reverse()) Traces.end(span, attributes, error);
    }

    end(error?: { type: string }): void {
        if (!this.root) return;
        for (const { span } of this.open.splice(0).reverse()) Traces.end(span, {}, error);
        Traces.end(this.root, {}, error);
        this.root = undefined;
        this.memory.set(this.key, "");
    }
}
