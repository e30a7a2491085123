/** The properties that we write on collections; servers keep those that they do not know, but for milvus-lite 2.5. */
export const property = {
    /** Whose the collection is, and which generation: see ownershipMarker.ts. */
    owner: "pulumi.owner",
    generation: "pulumi.generation",
    from: "pulumi.from",
    state: "pulumi.state",
    /** On an old collection: the one that took over its rows. */
    successor: "pulumi.successor",
    /** On a collection in service: the one that is retained behind it. */
    previous: "pulumi.previous",
    /** On a copy: who works on it, and until when. */
    lease: "pulumi.lease",
    /** On a copy: how far it is. */
    checkpoint: "pulumi.checkpoint",
    /** On a copy: how its rows were made. */
    mapping: "pulumi.mapping",
    /** On a copy: which baseline describes its rows. */
    baseline: "pulumi.hashes",
    /** On a copy: where its cutover stands. */
    cutover: "pulumi.cutover",
    /** On a copy, set by an operator: `true` pauses it. */
    pause: "pulumi.pause",
    /** On an old collection that refuses writes: the disk quota that it had before. */
    fenced: "pulumi.fenced",
} as const;
