import { Counter, Gauge, Registry } from "prom-client";

const PREFIX = "pulumi_milvus_";
const own = ["project", "stack", "collection"] as const;

/**
 * The metrics of one session, each with the labels of its migration: units are base units, and counters count what this process
 * has done. The names follow https://prometheus.io/docs/practices/naming/.
 */
export function createMetrics() {
    const registry = new Registry();
    const gauge = <Label extends string = never>(name: string, help: string, ...more: Label[]) =>
        new Gauge({ name: PREFIX + name, help, labelNames: [...own, ...more], registers: [registry] });
    const counter = <Label extends string = never>(name: string, help: string, ...more: Label[]) =>
        new Counter({ name: PREFIX + name, help, labelNames: [...own, ...more], registers: [registry] });
    return {
        registry,
        info: gauge(
            "migration_info",
            "The two collections of the migration, by their names on the server; always 1.",
            "server",
            "database",
            "source",
            "target",
        ),
        state: gauge("migration_state", "1 for where the migration is, 0 for every other state.", "state"),
        started: gauge(
            "migration_start_timestamp_seconds",
            "When this process began or resumed the migration, in seconds since 1970.",
        ),
        ended: counter("migrations_total", "Migrations that have ended in this process.", "outcome"),
        phaseSeconds: counter(
            "migration_phase_seconds_total",
            "Time that this process spent in a phase. A catch-up within the verification counts for both.",
            "phase",
        ),
        copied: counter("copied_rows_total", "Rows that this process has copied."),
        done: gauge(
            "progress_rows",
            "Rows that a step has done, with those of the runs before this one.",
            "step",
        ),
        expected: gauge(
            "progress_expected_rows",
            "Rows that a step has to do in all; an estimate while clients write.",
            "step",
        ),
        loaded: gauge("load_ratio", "How much of the new collection is loaded, from 0 to 1."),
        bytes: counter("sent_bytes_total", "Bytes of rows that the server has stored, as they were sent."),
        batches: counter("sent_batches_total", "Batches of rows that the server has stored."),
        retries: counter(
            "retries_total",
            "Calls of the migration that failed and were sent again, by the kind of the error.",
            "kind",
        ),
        passes: counter("passes_total", "Passes over both collections that carry writes over.", "phase"),
        lateWrites: counter(
            "late_writes_total",
            "Rows written to the old collection that a pass carried over (applied), or that have a newer write (superseded).",
            "outcome",
        ),
        lastLateWrites: gauge("last_pass_late_writes", "Late writes that the last pass found."),
        lastPassSeconds: gauge("last_pass_duration_seconds", "How long the last pass took."),
        lag: gauge(
            "write_lag_seconds",
            "How far the copy is behind the writes: the time since the last complete pass began. Absent before the first one.",
        ),
        writePause: counter(
            "write_pause_seconds_total",
            "Time in which the old collection refused writes before the switch.",
        ),
        leaseHeld: gauge("lease_held", "1 while this process holds the lease of the copy, else 0."),
        leaseSeconds: gauge(
            "lease_remaining_seconds",
            "Time until the lease of the copy ends unless it is renewed; 0 where it is not held.",
        ),
    };
}

export type Metrics = ReturnType<typeof createMetrics>;
