import { type Call, collectionOf } from "../call";
import { type Named, pairs } from "../messages";
import { demand } from "../refusal";
import { rules } from "../rules";
import { noteRename } from "../staleNames";
import { strayNames } from "../strayNames";

export function dropCollection(
    { collection_name: name }: Named,
    { catalog, database, version }: Call,
): object {
    const { collections, aliases } = catalog.database(database);
    const collection = collections.get(name);
    // Source: dropCollectionTask.validate in rootcoord/drop_collection_task.go.
    demand(
        collection !== undefined || !aliases.has(name),
        "unexpected",
        `cannot drop the collection via alias = ${name}`,
    );
    // Dropping a collection that does not exist is a success: seen on 2.3.5.
    if (!collection) return {};
    const pointing = catalog.aliasesOf(collection);
    demand(
        pointing.length === 0 || !rules.guardsAliases(version),
        "unexpected",
        `unable to drop the collection [${name}] because it has associated aliases [${pointing.join(" ")}], please remove all aliases before dropping the collection`,
    );
    collections.delete(name);
    if (rules.grantsFollowCollection(version))
        catalog.grants = catalog.grants.filter((one) => one.database !== database || one.name !== name);
    return {};
}

export function describeCollection(request: Named, call: Call): object {
    const collection = collectionOf(request, call);
    const { schema } = collection;
    return {
        // The proxy omits the dynamic field.
        schema: {
            ...schema,
            name: collection.name,
            fields: schema.fields.filter((field) => !field.is_dynamic),
        },
        collectionID: collection.id,
        collection_name: collection.name,
        db_name: collection.database,
        shards_num: collection.shards,
        aliases: call.catalog.aliasesOf(collection),
        consistency_level: collection.consistency,
        properties: pairs(collection.properties),
        update_timestamp: String(collection.changed),
        num_partitions: String(collection.partitions.size),
    };
}

export function hasCollection({ collection_name }: Named, { catalog, database }: Call): object {
    return { value: catalog.find(database, collection_name) !== undefined };
}

export function showCollections(_: object, { catalog, database, sees }: Call): object {
    // Refuses a database that does not exist.
    catalog.database(database);
    const all = new Set(
        [...catalog.databases.values()]
            .flatMap(({ collections }) => [...collections.values()])
            .filter((one) => one.database === database && sees(one.name)),
    );
    return {
        collection_names: [...all].map(({ name }) => name),
        collection_ids: [...all].map(({ id }) => id),
    };
}

interface RenameCollection {
    oldName: string;
    newName: string;
    newDBName: string;
}

/**
 * Renames within the database unless the request names another (milvus PR 28909, before 2.4). Source:
 * MetaTable.RenameCollection in rootcoord/meta_table.go.
 */
export function renameCollection({ oldName, newName, newDBName }: RenameCollection, call: Call): object {
    const { catalog, database, version } = call;
    const goal = newDBName || database;
    const { collections, aliases } = catalog.database(database);
    demand(
        !aliases.has(oldName),
        "unexpected",
        `unsupported use an alias to rename collection, alias:${oldName}`,
    );
    const collection = catalog.resolve(database, oldName);
    demand(
        catalog.find(goal, newName) === undefined && !catalog.database(goal).aliases.has(newName),
        "unexpected",
        `duplicated new collection name ${goal}:${newName} with other collection name or alias`,
    );
    const pointing = catalog.aliasesOf(collection);
    demand(
        pointing.length === 0 || (goal === database && !rules.renameRefusesAliases(version)),
        "unexpected",
        "fail to rename, must drop all aliases of this collection before rename",
    );
    const stray = strayNames(collection, call);
    if (!stray || goal !== database) collections.delete(oldName);
    collection.name = newName;
    collection.database = goal;
    if (rules.renameLosesMetadata(version)) collection.rows = [];
    if (rules.renameLosesUnflushed(version))
        collection.rows = collection.rows.filter(({ flushed }) => flushed);
    (goal === database && stray ? stray : catalog.database(goal).collections).set(newName, collection);
    noteRename(collection, oldName, call);
    if (rules.grantsFollowCollection(version))
        for (const one of catalog.grants)
            if (one.database === database && one.name === oldName)
                Object.assign(one, { database: goal, name: newName });
    return {};
}
