import type { Call } from "./call";
import type { Collection } from "./catalog";
import { rules } from "./rules";

/**
 * The names of the database where the server puts the name of a collection at each AlterCollection and RenameCollection, where
 * that is not its own database: its record names the one that an older release has moved it from. Source:
 * MetaTable.AlterCollection in rootcoord/meta_table.go of 2.6 (`names.remove` and `names.insert` by the recorded name), whose
 * `reload` mends the record since 2.6.11 (PR 47721); RenameCollection of 2.4, which changes the id of the database alone.
 */
export function strayNames(
    { database, recordedDatabase }: Collection,
    { catalog, version }: Call,
): Map<string, Collection> | undefined {
    if (recordedDatabase === undefined || recordedDatabase === database) return undefined;
    return rules.renameStrays(version) ? catalog.databases.get(recordedDatabase)?.collections : undefined;
}
