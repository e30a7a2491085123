import type { lives } from "../../../provider/lives";

/** The resources that a pulled program may have, in the order in which it declares them: each refers to those before it. */
export const types = [
    "Database",
    "ResourceGroup",
    "Collection",
    "Alias",
    "PrivilegeGroup",
    "Role",
    "Grant",
    "User",
] as const satisfies readonly (keyof typeof lives)[];

export type ResourceType = (typeof types)[number];

/** A resource as a program declares it. */
export interface Declaration {
    type: ResourceType;
    /** Unique in the program, whatever the type: YAML has one namespace for all. */
    logicalName: string;
    /** What a program in TypeScript calls the resource, where something refers to it. */
    identifier: string;
    inputs: Record<string, Value>;
    /** For people, above the resource. */
    notes: readonly string[];
}

/** An input: a plain value, an output of another resource, or a secret of the stack's configuration. */
export type Value =
    null | boolean | number | string | Reference | Secret | Value[] | { [key: string]: Value };

/** An output of a resource that the program declares before. */
export class Reference {
    constructor(
        readonly to: Declaration,
        readonly output: "name" | "collectionName",
    ) {}
}

/** A value that no program holds: the stack's configuration has it as a secret. */
export class Secret {
    /**
     * @param key unique among the keys and the logical names of the program
     * @param about what it is: `password of user alice`
     * @param isRead whether the server has told it; none tells a password
     */
    constructor(
        readonly key: string,
        readonly about: string,
        readonly isRead: boolean,
    ) {}
}

export interface Program {
    /** Where it comes from, for people. */
    source: string;
    declarations: readonly Declaration[];
    secrets: readonly Secret[];
    /** What the server has and the program has not, for people. */
    leftOut: readonly string[];
}

/** Each reference in the inputs of the program. */
export function referencesOf({ declarations }: Program): Reference[] {
    return declarations.flatMap(({ inputs }) => referencesIn(inputs));
}

function referencesIn(value: Value): Reference[] {
    if (value instanceof Reference) return [value];
    if (typeof value !== "object" || value === null || value instanceof Secret) return [];
    return Object.values(value).flatMap(referencesIn);
}
