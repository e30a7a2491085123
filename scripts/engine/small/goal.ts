import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import type { Properties } from "./values";

/** What the program asks for: one `registerResource`. */
export interface Goal {
    urn: string;
    aliases: string[];
    type: string;
    custom: boolean;
    inputs: Properties;
    parent: string | undefined;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    protect: boolean;
    retainOnDelete: boolean;
    /** Undefined leaves it to the provider. */
    deleteBeforeReplace: boolean | undefined;
    ignoreChanges: string[];
    additionalSecretOutputs: string[];
    /** `urn::id` of an explicit provider, or the default one of a version of the plugin. */
    provider: string;
    /** The id of an existing resource that becomes this one; empty for a new one. */
    importId: string;
    timeouts: Timeouts;
}

/** `customTimeouts` in seconds; 0 for none. */
export interface Timeouts {
    create: number;
    update: number;
    delete: number;
}

/** @throws an Error for an option that this engine does not know: better than to act as if it were not there. */
export function readGoal(request: RegisterResourceRequest, project: string, stack: string): Goal {
    const refused = {
        remote: request.getRemote(),
        replaceOnChanges: request.getReplaceonchangesList().length,
        deletedWith: request.getDeletedwith(),
        replaceWith: request.getReplaceWithList().length,
        transforms: request.getTransformsList().length,
        "ignoreChanges with a path": request.getIgnorechangesList().some((path) => /[.[*]/.test(path)),
    };
    const [option] = Object.entries(refused).find(([, value]) => value) ?? [];
    if (option) throw new Error(`${request.getName()}: the test engine does not know the option ${option}`);
    const type = request.getType();
    const propertyDependencies: Record<string, string[]> = {};
    request
        .getPropertydependenciesMap()
        .forEach((urns, key) => (propertyDependencies[key] = urns.getUrnsList()));
    const parent = request.getParent() || undefined;
    // The types of all parents but the stack stand before its own.
    const parents = parent?.split("::")[2];
    const qualified = parents && parents !== "pulumi:pulumi:Stack" ? `${parents}$${type}` : type;
    return {
        urn: `urn:pulumi:${stack}::${project}::${qualified}::${request.getName()}`,
        aliases: request.getAliasurnsList(),
        type,
        custom: request.getCustom(),
        inputs: request.getObject()?.toJavaScript() ?? {},
        parent,
        dependencies: request.getDependenciesList(),
        propertyDependencies,
        protect: request.getProtect() ?? false,
        retainOnDelete: request.getRetainondelete() ?? false,
        deleteBeforeReplace: request.getDeletebeforereplacedefined()
            ? request.getDeletebeforereplace()
            : undefined,
        ignoreChanges: request.getIgnorechangesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        provider: request.getProvider() || `default ${request.getVersion()}`.trim(),
        importId: request.getImportid(),
        timeouts: timeoutsOf(request.getCustomtimeouts()),
    };
}

function timeoutsOf(given: RegisterResourceRequest.CustomTimeouts | undefined): Timeouts {
    const { create = "", update = "", pb_delete: remove = "" } = given?.toObject() ?? {};
    return { create: secondsOf(create), update: secondsOf(update), delete: secondsOf(remove) };
}

/** As Go writes a duration: `1m30s`, `500ms`. */
function secondsOf(duration: string): number {
    const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };
    return [...duration.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * units[unit!]!,
        0,
    );
}
