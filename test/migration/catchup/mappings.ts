import type { RowMapping } from "../../../provider/plan/mapping/mapping";

/** A mapping without columns, for what depends only on how rows are made. */
export function mappingWith({
    regenerate,
    transform,
}: {
    regenerate: boolean;
    transform: boolean;
}): RowMapping {
    return {
        columns: [],
        dropped: [],
        dynamic: "none",
        key: { from: "id", to: "id", dataType: "Int64", regenerate },
        ...(transform && {
            transform: { module: "./none.js", batchRows: 1, concurrency: 1, retries: 0, fields: [] },
        }),
    };
}
