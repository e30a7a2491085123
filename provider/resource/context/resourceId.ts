import type { CollectionRef } from "../../milvus/collection/collections";

/** The id of a resource, for people: the name on the server, with its database where the program names one. */
export function idOf(database: unknown, name: string): string {
    return typeof database === "string" ? `${database}/${name}` : name;
}

/** What `idOf` writes, as a place on the server. */
export function placeOfId(id: string): CollectionRef {
    const [first = "", second] = id.split("/");
    return second === undefined ? { database: undefined, name: first } : { database: first, name: second };
}
