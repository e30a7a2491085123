import type { Index } from "../../inputs/schema/collection";
import { isOfMemory } from "../../inputs/schema/memory";

/** The index without parameters of memory: what a build depends on. */
export const builtPart = (index: Index): Index => ({
    ...index,
    params: Object.fromEntries(Object.entries(index.params).filter(([key]) => !isOfMemory(key))),
});
