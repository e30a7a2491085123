import type { BaselineLayout } from "../../../provider/migration/baseline/baselineLayout";

/** The layout of a migration without a transform that keeps the keys. */
export function sameTarget(dataType: BaselineLayout["dataType"]): BaselineLayout {
    return { dataType, ownTarget: false, rekeyed: false };
}
