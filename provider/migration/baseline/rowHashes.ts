import type { RowMapping } from "../../plan/mapping/mapping";
import { type Column, columnOfValues, hashRows, type Page, type RowHashes } from "../../wire";

/**
 * The hashes by which a change of source rows is seen: over every column with a transform, which may read one that is
 * not carried over; otherwise over the mapped columns.
 */
export function sourceHashesOf(
    { transform }: Pick<RowMapping, "transform">,
    page: Page,
    mapped: readonly Column[],
): RowHashes {
    return hashRows(transform ? page.columns : mapped, page.rows);
}

/** The hashes of rows under the keys that the server generated for them. */
export function hashesWithKeys(
    columns: readonly Column[],
    key: string,
    newKeys: readonly bigint[],
): RowHashes {
    const column = columnOfValues(
        { name: key, dataType: "Int64", nullable: false, hasDefault: false },
        newKeys,
    );
    return hashRows([...columns, column], newKeys.length);
}
