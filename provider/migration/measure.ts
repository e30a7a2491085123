import type { CollectionRef } from "../milvus/collection/collections";
import type { MilvusClient } from "../milvus/transport/client";

/**
 * The work of a migration, in its order. A phase within another one has its own duration; the outermost tells where the
 * migration is.
 */
export const measuredPhases = [
    "copy",
    "index",
    "load",
    "verify",
    "gate",
    "catch-up",
    "fence",
    "switch",
    "late-writes",
    "drop",
] as const;

export type MeasuredPhase = (typeof measuredPhases)[number];

/** Where a migration is while no phase runs: see the phases of a cutover. */
export const restingPlaces = ["copied", "fenced", "caught-up", "switched", "done", "failed"] as const;

export type RestingPlace = (typeof restingPlaces)[number];

interface MeasuredEndpoint {
    client: Pick<MilvusClient, "target" | "database">;
    ref: CollectionRef;
}

/** The two collections of a migration. */
export interface MeasuredMigration {
    source: MeasuredEndpoint;
    target: MeasuredEndpoint;
    /** The rows that an interrupted run has copied; 0 for a new copy. */
    resumedRows: number;
}

/** A pass over both collections that carries writes over. */
export interface MeasuredPass {
    /** Milliseconds since 1970: each write before this moment is on the copy once the pass has ended. */
    began: number;
    /** Rows that the pass wrote to the copy or deleted there. */
    applied: number;
    /** Rows that keep a newer write of a client to the copy. */
    superseded: number;
}

/** Is told how a migration goes, as numbers and times. What it does with them never makes the migration fail. */
export interface Measure {
    begin(migration: MeasuredMigration): void;
    phase<T>(phase: MeasuredPhase, work: () => Promise<T>): Promise<T>;
    passed(pass: MeasuredPass): void;
    /** The phase that the cutover has come to. */
    cutover(phase: Exclude<RestingPlace, "failed">): void;
    /** The switch failed, and clients keep using the old collection. */
    undone(): void;
    /** @param until when the lease ends unless it is renewed, in milliseconds since 1970 by this machine's clock; undefined: it is not held */
    lease(until: number | undefined): void;
    /** The old collection is gone or retained, or the migration has ended with an error. */
    end(error?: unknown): void;
}
