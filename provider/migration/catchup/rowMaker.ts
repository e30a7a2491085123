import type { RowMapping } from "../../plan/mapping/mapping";
import {
    type Column,
    columnOf,
    hashRows,
    type Keys,
    keysOf,
    type Page,
    type RowHashes,
    selectRows,
} from "../../wire";
import { sourceHashesOf } from "../baseline/rowHashes";
import { RunError } from "../errors";
import { type Block, hashesOf } from "../read/blockReader";
import { transformColumns } from "../read/wireColumns";
import { type ComputeColumns, loadTransform } from "../transform/transform";
import { moduleVersion } from "../transform/transformModule";

/** Some rows as the target gets them, and their keys in the source. */
export interface MadeRows {
    columns: Column[];
    keys: Keys;
    /** Hashes of the target's rows, without a key that the server generates. */
    hashes: RowHashes;
}

/** Makes the target's rows whose source rows alone do not tell what the target holds. */
export interface RowMaker {
    /** The hashes by which a change of a source row is seen. */
    sourceHashes(block: Block): RowHashes;
    make(block: Block, rows: readonly number[]): Promise<MadeRows>;
}

/**
 * The maker for a migration with a transform, or with generated keys. The transform is loaded when a row needs it.
 *
 * @param sourceKey the name of the key in the source
 * @param version the version of the transform module that computed the copy
 */
export function rowMaker(mapping: RowMapping, sourceKey: string, version: string | undefined): RowMaker {
    const { transform } = mapping;
    let compute: Promise<ComputeColumns> | undefined;
    const computed = async (page: Page, keys: Keys): Promise<Column[]> => {
        if (!transform) return [];
        if (version !== undefined) requireVersion(transform.module, version);
        compute ??= loadTransform({ ...transform, columns: transformColumns(mapping) });
        return (await compute)(page, keys);
    };
    return {
        sourceHashes: (block) =>
            transform ? sourceHashesOf(mapping, block.page, block.columns) : hashesOf(block),
        make: async (block, rows) => {
            const page = { ...block.page, columns: selectRows(block.page.columns, rows), rows: rows.length };
            const keys = keysOf(columnOf(page, sourceKey));
            const columns = [...selectRows(block.columns, rows), ...(await computed(page, keys))];
            return { columns, keys, hashes: hashRows(columns, rows.length) };
        },
    };
}

/** Errors: `MV396` if the module is not the one that computed the copy. */
function requireVersion(module: string, version: string): void {
    if (moduleVersion(module) === version) return;
    throw new RunError(
        "MV396",
        `migration.transform: ${module} is not the module that computed the rows of the copy, and rows were written since then. Both collections are kept. ` +
            "Put that version of the module back and run `pulumi up` again",
    );
}
