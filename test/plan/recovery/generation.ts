import type { Generation } from "../../../provider/observe/generation";
import type { OwnershipMarker } from "../../../provider/observe/state";
import type { Marked } from "../../../provider/plan/recovery/action";

export const owner = "shop/prod/docs";

/** A live generation of `owner` under a name of its own, with what a test says about it. */
export function generationOf(
    generation: string,
    marker: Partial<OwnershipMarker> = {},
    more: Partial<Omit<Generation, "marker">> = {},
): Marked {
    return {
        ref: { database: undefined, name: `docs_${generation}` },
        marker: { owner, generation, from: undefined, state: "live", ...marker },
        aliases: [],
        successor: undefined,
        retained: [],
        checkpoint: undefined,
        lease: "none",
        isFenced: false,
        ...more,
    };
}

/** The same without a marker: another program's, or on a server that keeps no properties. */
export const unmarked = (name: string, more: Partial<Omit<Generation, "marker">> = {}): Generation => ({
    ...generationOf("none", {}, { ref: { database: undefined, name }, ...more }),
    marker: undefined,
});

/** How an old collection names the one that takes over its rows. */
export const successorOf = (generation: string, isRetained = false) => ({
    database: undefined,
    name: `docs_${generation}`,
    retain: isRetained ? {} : undefined,
});
