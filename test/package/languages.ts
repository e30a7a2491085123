import type { CollectionArgs } from "../../sdk/args";

/** A language to write a Pulumi program in. */
export interface Language {
    title: string;
    /** The program's file. */
    entry: "index.js" | "index.ts";
    type: "commonjs" | "module";
    /** A program with one collection and its alias, with strict types and simple code. */
    text(declared: { collection: string; alias: string; args: CollectionArgs }): string;
}

/** The shared part, which needs `milvus`, `Alias` and `args`. */
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
