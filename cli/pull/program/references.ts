import type { FoundObject } from "../inventory";
import { type Declaration, Reference, type ResourceType, type Value } from "./program";

/** Where a collection or an alias is. */
export interface Place {
    database: string;
    collection: string;
}

/** Privileges whose "collection" is a user. */
const ofUsers = new Set(["SelectUser", "UpdateUser"]);

/** The resources of a program by what they are on the server. */
export class References {
    private readonly declared = new Map<string, Declaration>();

    add({ type, database, name }: FoundObject, declaration: Declaration): void {
        this.declared.set(keyOf(type, database, name), declaration);
    }

    /** The output that has this name, or the name itself where the program does not declare what has it. */
    to(type: ResourceType, name: string, database?: string): Value {
        const declaration = this.declared.get(keyOf(type, database, name));
        if (!declaration) return name;
        return new Reference(declaration, type === "Collection" ? "collectionName" : "name");
    }

    /** A collection, or an alias: both are named in one namespace. */
    toCollection({ database, collection }: Place): Value {
        const own = this.to("Collection", collection, database);
        return own === collection ? this.to("Alias", collection, database) : own;
    }
}

const keyOf = (type: ResourceType, database: string | undefined, name: string) =>
    JSON.stringify([type, database, name]);

/** The inputs of an object, with outputs in the place of the names of what the program declares before. */
export function linked(
    { type, database, inputs }: FoundObject,
    references: References,
): Record<string, Value> {
    const values = inputs as Record<string, Value>;
    const all = (ofType: ResourceType, names: Value | undefined) =>
        (names as string[]).map((name) => references.to(ofType, name));
    const inDatabase: Record<string, Value> =
        database === undefined ? {} : { database: references.to("Database", database) };
    switch (type) {
        case "ResourceGroup":
            return replaced(values, {
                transferFrom: (names) => all("ResourceGroup", names),
                transferTo: (names) => all("ResourceGroup", names),
            });
        case "Collection":
            return replaced(
                { ...values, ...inDatabase },
                {
                    load: (load) =>
                        isMap(load)
                            ? replaced(load, { resourceGroups: (names) => all("ResourceGroup", names) })
                            : load,
                },
            );
        case "Alias":
            return replaced(
                { ...values, ...inDatabase },
                { collection: (name) => references.to("Collection", name as string, database) },
            );
        case "Grant":
            return grantInputs(values, database!, references);
        case "User":
            return replaced(values, { roles: (names) => all("Role", names) });
        default:
            return values;
    }
}

function grantInputs(values: Record<string, Value>, database: string, references: References) {
    const {
        role,
        collection,
        privileges = [],
        privilegeGroups = [],
    } = values as Record<string, string[]> & {
        role: string;
        collection: string;
    };
    const isOfUser = privileges.some((one) => ofUsers.has(one));
    return {
        role: references.to("Role", role),
        database: references.to("Database", database),
        // Without a collection it is on all of the database.
        ...(collection !== "*" && {
            collection: isOfUser ? collection : references.toCollection({ database, collection }),
        }),
        ...(privileges.length > 0 && { privileges }),
        ...(privilegeGroups.length > 0 && {
            privilegeGroups: privilegeGroups.map((name) => references.to("PrivilegeGroup", name)),
        }),
    };
}

function replaced(
    values: Record<string, Value>,
    by: Record<string, (value: Value) => Value>,
): Record<string, Value> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, by[key]?.(value) ?? value]));
}

const isMap = (value: Value): value is Record<string, Value> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
