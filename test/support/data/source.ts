import type { AliasArgs, CollectionArgs, MigrationArgs } from "../../../sdk/args";

/** A program with this provider: logical name → arguments. */
export interface Declared {
    collections: Record<string, CollectionArgs>;
    /** `of` is the logical name of a collection of this program; otherwise `collection` is a name on the server. */
    aliases?: Record<string, Omit<AliasArgs, "collection"> & ({ of: string } | { collection: string })>;
    /** Resource options by logical name, as source text. */
    options?: Record<string, string>;
}

/** The text of `index.js`. It exports the physical name of each collection. */
export function programText({ collections, aliases = {}, options = {} }: Declared): string {
    const option = (name: string) => (options[name] ? `, ${options[name]}` : "");
    return [
        `const milvus = require("pulumi-milvus");`,
        `const collections = {};`,
        ...Object.entries(collections).map(
            ([name, args]) =>
                `collections[${text(name)}] = new milvus.Collection(${text(name)}, ${text(hasty(args))}${option(name)});`,
        ),
        ...Object.entries(aliases).map(([name, args]) => {
            const { of, ...others } = args as { of?: string };
            const collection =
                of === undefined ? "" : `, collection: collections[${text(of)}].collectionName`;
            return `new milvus.Alias(${text(name)}, { ...${text(others)}${collection} }${option(name)});`;
        }),
        `for (const [name, made] of Object.entries(collections)) exports[name] = made.collectionName;`,
    ].join("\n");
}

/** No test waits for the grace period of proxies, unless it sets one. */
function hasty(args: CollectionArgs): CollectionArgs {
    // An output cannot be written as text.
    const migration = args.migration as MigrationArgs | undefined;
    return { ...args, migration: { grace: 0, ...migration } };
}

const text = (value: unknown) => JSON.stringify(value);
