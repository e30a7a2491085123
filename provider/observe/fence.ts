import { LIFTED } from "./generations";
import { property } from "./properties";

/**
 * A collection whose disk quota is used up refuses inserts, upserts and deletes, and answers reads (measured on 2.3.5).
 */
export const QUOTA = "collection.diskProtection.diskQuota.mb";
/** Milvus before 2.5 cannot delete a property: a value larger than any disk stands for no quota. */
export const NO_QUOTA = "1000000000";

/** The quota from before the current fence, empty if there was none; undefined if there is no fence. */
export function previousQuota({ [property.fenced]: kept }: Record<string, string>): string | undefined {
    return kept === LIFTED ? undefined : kept;
}

/** The properties as they are without a fence: a copy that got the fence of its source would refuse its rows. */
export function withoutFence(properties: Record<string, string>): Record<string, string> {
    const kept = properties[property.fenced];
    if (kept === undefined) return properties;
    const { [QUOTA]: quota, ...others } = properties;
    const before = kept === LIFTED ? quota : kept;
    return before === undefined || before === "" || before === NO_QUOTA
        ? others
        : { ...others, [QUOTA]: before };
}
