/**
 * The properties that the provider writes on collections. Every server except milvus-lite 2.5 stores unknown properties.
 */
export const property = {
    /** The ownership marker: see ownershipMarker.ts. */
    owner: "pulumi.owner",
    generation: "pulumi.generation",
    from: "pulumi.from",
    state: "pulumi.state",
    /** `true` while the program protects the rows: an alias has no properties, and is protected with its collection. */
    protected: "pulumi.protected",
    /** On a collection of another stack: which stack wants to adopt it. */
    claim: "pulumi.claim",
    /** On an old collection: its successor. */
    successor: "pulumi.successor",
    /** On an active collection: those that are retained behind it. */
    previous: "pulumi.previous",
    /** On a retained collection: when its time is over. */
    keptUntil: "pulumi.keptUntil",
    /** On a retained collection: what became of its fields in its successor. */
    onward: "pulumi.onward",
    /** On a collection that a rollback has restored: the generation with which it was created. */
    origin: "pulumi.origin",
    /** On a copy: the lease of the process that works on it. */
    lease: "pulumi.lease",
    /** On a copy: its progress. */
    checkpoint: "pulumi.checkpoint",
    /** On a copy that many workers make: the ranges of keys of each worker. See shards.ts. */
    shards: "pulumi.shards",
    /** On the same: what workers have loaded of the old collection. */
    sourceLoad: "pulumi.sourceLoad",
    /** On a copy: how its rows were mapped. */
    mapping: "pulumi.mapping",
    /** On a copy: which baseline describes its rows. */
    baseline: "pulumi.hashes",
    /** On a copy: the state of its cutover. */
    cutover: "pulumi.cutover",
    /** On a copy: the approved plan that it carries out, where the stack approves plans. */
    approved: "pulumi.approved",
    /** On a copy that a worker makes: its work order. */
    work: "pulumi.work",
    /** On the same: the worker's phase, and since when. */
    workState: "pulumi.workState",
    /** On a copy, set by an operator: `true` pauses it. */
    pause: "pulumi.pause",
    /** On a collection that was changed in place: the last change, whether it is complete or not. */
    update: "pulumi.update",
    /** On a collection whose new fields are being filled: which, with what, and the progress. */
    backfill: "pulumi.backfill",
    /** On an old collection that refuses writes: the disk quota that it had before. */
    fenced: "pulumi.fenced",
    /** Set for a moment, to see in which databases the server finds a collection: see strayDatabase.ts. */
    probe: "pulumi.probe",
} as const;
