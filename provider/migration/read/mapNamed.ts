import { type Column, keyAt, type Keys, type MapPage, type Page, WireError } from "../../wire";
import { RunError } from "../errors";
import { keyText } from "../keys/keyText";

/**
 * Maps a page. A value that does not fit is named with its row's key, in every pass that maps rows: clients may write
 * such a row after the copy. Errors: `MV309`.
 */
export function mapNamed(map: MapPage, page: Page, keys: Keys): Column[] {
    try {
        return map(page);
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const { problem } = error;
        if (problem.kind === "null-refused")
            throw misfit(
                problem,
                keys,
                "NULL, which the new schema does not accept. Give the field a backfill, or keep it nullable",
            );
        if (problem.kind === "does-not-fit")
            throw misfit(
                problem,
                keys,
                `${problem.value}, and the new schema needs ${problem.wanted}. Change the row, or the schema`,
            );
        throw error;
    }
}

function misfit({ column, row }: { column: string; row: number }, keys: Keys, holds: string): RunError {
    return new RunError(
        "MV309",
        `${column}: the row with the key ${keyText(keyAt(keys, row))} holds ${holds}`,
    );
}
