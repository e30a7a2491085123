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
    /** On an active collection: the one that is retained behind it. */
    previous: "pulumi.previous",
    /** On a copy: the lease of the process that works on it. */
    lease: "pulumi.lease",
    /** On a copy: its progress. */
    checkpoint: "pulumi.checkpoint",
    /** On a copy: how its rows were mapped. */
    mapping: "pulumi.mapping",
    /** On a copy: which baseline describes its rows. */
    baseline: "pulumi.hashes",
    /** On a copy: the state of its cutover. */
    cutover: "pulumi.cutover",
    /** On a copy, set by an operator: `true` pauses it. */
    pause: "pulumi.pause",
    /** On a collection that was changed in place: the last change, whether it is complete or not. */
    update: "pulumi.update",
    /** On an old collection that refuses writes: the disk quota that it had before. */
    fenced: "pulumi.fenced",
} as const;
