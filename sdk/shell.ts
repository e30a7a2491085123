import { Script } from "node:vm";

import * as pulumi from "@pulumi/pulumi";

import { withPages } from "../provider/inputs/report/page";
import { packageRoute } from "./packageRoute";

/** The resources, by the last part of their type. */
type ResourceName =
    | "Collection"
    | "Alias"
    | "Database"
    | "Partition"
    | "ResourceGroup"
    | "Grant"
    | "PrivilegeGroup"
    | "Role"
    | "User";

/**
 * The provider object of a resource. Pulumi writes its text into every resource's state, so it holds nothing but the
 * way to the installed code: under 1 KB, the same text in every release, so that an upgrade changes no state.
 * `configure` is called first, and puts the other methods in place before it returns: see provider/pulumi.ts.
 * `require` runs in the provider's process, from the program's folder.
 */
interface Shell {
    resource: ResourceName;
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

/** The same where the program's folder has the package through a dependency alone: pnpm keeps it beside that one. */
const sourceThrough = (folder: string) => `"use strict";
(function configure(request) {
    const folder = require("fs").realpathSync(${JSON.stringify(folder)});
    const load = require("module").createRequire(require("path").join(folder, "index.js"));
    return load("pulumi-milvus/provider").configure(this, request);
})`;

/** Pulumi's type asks for `create`, which is not there until `configure` has run. */
const shell = (resource: Shell["resource"], text = source) =>
    ({
        resource,
        configure: new Script(text, { filename: "pulumi-milvus/shell.js" }).runInThisContext() as unknown,
    }) as unknown as pulumi.dynamic.ResourceProvider;

const shells: Record<ResourceName, pulumi.dynamic.ResourceProvider> = {
    Collection: shell("Collection"),
    Alias: shell("Alias"),
    Database: shell("Database"),
    Partition: shell("Partition"),
    ResourceGroup: shell("ResourceGroup"),
    Grant: shell("Grant"),
    PrivilegeGroup: shell("PrivilegeGroup"),
    Role: shell("Role"),
    User: shell("User"),
};

/**
 * The provider object, for a program whose folder has the package in one way or another. Errors: `MV363`, without a stack
 * trace. An inline program of the Automation API does not run in the folder where its provider does.
 */
export function shellOf(
    resource: ResourceName,
    folder = isRunByPulumi() ? process.cwd() : undefined,
): pulumi.dynamic.ResourceProvider {
    const plain = shells[resource];
    if (folder === undefined) return plain;
    const route = packageRoute(folder);
    if (route === undefined)
        throw new pulumi.RunError(
            withPages(
                `pulumi-milvus: the provider loads this package from the program's folder, and ${folder} does not have it. Add pulumi-milvus to the dependencies of its package.json, and install them [MV363]`,
            ),
        );
    return route.through === undefined ? plain : shell(resource, sourceThrough(route.through));
}

function isRunByPulumi(): boolean {
    return pulumi.runtime.hasMonitor() && /[\\/]cmd[\\/]run([\\/.]|$)/.test(process.argv[1] ?? "");
}
