import type { AliasArgs, CollectionArgs, MigrationArgs } from "../../../sdk/args";

/** A program with this provider: logical name → arguments. */
export interface Declared {
    collections: Record<string, CollectionArgs>;
    /** `of` is the logical name of a collection of this program; otherwise `collection` is a name on the server. */
    aliases?: Record<string, Omit<AliasArgs, "collection"> & ({ of: string } | { collection: string })>;
    /** Objects that the collections may name, in their order. */
    objects?: Record<string, DeclaredObject>;
    /** Objects that may name collections. */
    dependents?: Record<string, DeclaredObject>;
    /** Resource options by logical name, as source text. */
    options?: Record<string, string>;
}

/** A database, a user, a grant: its class, and its arguments as source text, in which `made.name` is an earlier resource. */
export interface DeclaredObject {
    type: string;
    args: string;
}

/** The text of `index.js`. It exports the physical name of each collection. */
export function programText(declared: Declared): string {
    const { collections, aliases = {}, objects = {}, dependents = {}, options = {} } = declared;
    const option = (name: string) => (options[name] ? `, ${options[name]}` : "");
    const objectsOf = (all: Record<string, DeclaredObject>) =>
        Object.entries(all).map(
            ([name, { type, args }]) =>
                `made[${text(name)}] = new milvus.${type}(${text(name)}, ${args}${option(name)});`,
        );
    return [
        `const milvus = require("pulumi-milvus");`,
        `const collections = {}, made = {};`,
        ...objectsOf(objects),
        ...Object.entries(collections).map(
            ([name, args]) =>
                `made[${text(name)}] = collections[${text(name)}] = new milvus.Collection(${text(name)}, ${text(hasty(args))}${option(name)});`,
        ),
        ...Object.entries(aliases).map(([name, args]) => {
            const { of, ...others } = args as { of?: string };
            const collection =
                of === undefined ? "" : `, collection: collections[${text(of)}].collectionName`;
            return `made[${text(name)}] = new milvus.Alias(${text(name)}, { ...${text(others)}${collection} }${option(name)});`;
        }),
        ...objectsOf(dependents),
        `for (const [name, one] of Object.entries(collections)) exports[name] = one.collectionName;`,
    ].join("\n");
}

/** No test waits for the grace period of proxies, unless it sets one. */
function hasty(args: CollectionArgs): CollectionArgs {
    // An output cannot be written as text.
    const migration = args.migration as MigrationArgs | undefined;
    return { ...args, migration: { grace: 0, ...migration } };
}

const text = (value: unknown) => JSON.stringify(value);
