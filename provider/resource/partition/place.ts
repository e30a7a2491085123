import type { Partition } from "../../inputs/schema/partition";
import type { CollectionRef } from "../../milvus/collection/collections";

/** The collection of a partition. */
export const collectionOf = ({
    collection,
    database,
}: Pick<Partition, "collection" | "database">): CollectionRef => ({
    database,
    name: collection,
});
