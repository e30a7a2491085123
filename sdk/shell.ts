import { Script } from "node:vm";

import type * as pulumi from "@pulumi/pulumi";

/**
 * The provider object of a resource. Pulumi writes its text into every resource's state, so it holds nothing but the
 * way to the installed code: under 1 KB, the same text in every release, so that an upgrade changes no state.
 * `configure` is called first, and puts the other methods in place before it returns: see provider/pulumi.ts.
 * `require` runs in the provider's process, from the program's folder: the package must be a dependency of the program.
 */
interface Shell {
    resource: "Collection" | "Alias";
    configure(request: pulumi.dynamic.ConfigureRequest): Promise<void>;
}

/**
 * Text, compiled when it is loaded: a bundler would follow the `require` and put the whole provider into the function, which
 * Pulumi cannot serialize. This text is in the state of every user, and never changes.
 */
const source = `"use strict";
(function configure(request) {
    return require("pulumi-milvus/provider").configure(this, request);
})`;
const configure = new Script(source, {
    filename: "pulumi-milvus/shell.js",
}).runInThisContext() as Shell["configure"];

/** Pulumi's type asks for `create`, which is not there until `configure` has run. */
const shell = (resource: Shell["resource"]) =>
    ({ resource, configure }) as unknown as pulumi.dynamic.ResourceProvider;

export const collectionShell = shell("Collection");
export const aliasShell = shell("Alias");
