import type { CollectionArgs } from "../../sdk/args";

/** A way to write a Pulumi program. */
export interface Language {
    title: string;
    /** File of the program. */
    entry: "index.js" | "index.ts";
    type: "commonjs" | "module";
    /** The text of a program with one collection and its alias. Strict in what it compiles, plain in what it does. */
    text(declared: { collection: string; alias: string; args: CollectionArgs }): string;
}

/** What all have in common once `milvus`, `Alias` and `args` are there. */
const resources = (collection: string, alias: string) => `
const docs = new milvus.Collection(${JSON.stringify(collection)}, args);
const live = new Alias("live", { name: ${JSON.stringify(alias)}, collection: docs.collectionName });
`;

export const languages: Language[] = [
    {
        title: "a TypeScript program",
        entry: "index.ts",
        type: "commonjs",
        text: ({ collection, alias, args }) =>
            `import * as milvus from "pulumi-milvus";
import { Alias, type CollectionArgs } from "pulumi-milvus";
const args: CollectionArgs = ${JSON.stringify(args)};
${resources(collection, alias)}
export const collection = docs.collectionName;
export const name = live.name;
export const node = process.version;
`,
    },
    {
        title: "a CommonJS program",
        entry: "index.js",
        type: "commonjs",
        text: ({ collection, alias, args }) =>
            `const milvus = require("pulumi-milvus");
const { Alias } = milvus;
const args = ${JSON.stringify(args)};
${resources(collection, alias)}
exports.collection = docs.collectionName;
exports.name = live.name;
exports.node = process.version;
`,
    },
    {
        title: "a program of ES modules",
        entry: "index.js",
        type: "module",
        text: ({ collection, alias, args }) =>
            `import * as milvus from "pulumi-milvus";
import { Alias } from "pulumi-milvus";
const args = ${JSON.stringify(args)};
${resources(collection, alias)}
export const collection = docs.collectionName;
export const name = live.name;
export const node = process.version;
`,
    },
];
