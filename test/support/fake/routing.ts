import type { Cell, Collection } from "./catalog";
import { demand } from "./refusal";

/**
 * With a partition key the server chooses the partition; the hash is an internal detail. Source: milvus docs, "Use
 * Partition Key".
 */
export function partitionsOf(
    collection: Collection,
    asked: string,
    rows: number,
    columns: { id: string; cells: Cell[] }[],
): string[] {
    const router = collection.schema.fields.find((field) => field.is_partition_key);
    if (router) {
        demand(
            asked === "",
            "invalid",
            "not support manually specifying the partition names if partition key mode is used",
        );
        const names = [...collection.partitions.keys()];
        const cells = columns.find(({ id }) => id === router.fieldID)!.cells;
        return cells.map((cell) => names[spread(String(cell)) % names.length]!);
    }
    const name = asked === "" ? "_default" : asked;
    demand(collection.partitions.has(name), "partitionNotFound", `partition not found[partition=${name}]`);
    return Array.from({ length: rows }, () => name);
}

function spread(text: string): number {
    return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
}
