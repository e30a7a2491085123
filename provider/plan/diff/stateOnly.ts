import type { Collection, Field } from "../../inputs/schema/collection";
import { placeOf } from "./place";
import { same } from "./same";
import { isDefaultProperty } from "./serversOwn";

/** Names of the changed arguments that only guide the provider: they are recorded in the state, not on the server. */
export function stateOnlyChanges(deployed: Collection, target: Collection): string[] {
    const changed: string[] = (["adopt", "deletionProtection", "migration"] as const).filter(
        (name) => !same(deployed[name], target[name]),
    );
    const [before, after] = [placeOf(deployed), placeOf(target)];
    const sameDatabase = before.database === after.database;
    // The database is the same, but another argument of the program names it.
    if (sameDatabase && deployed.database !== target.database) changed.push("database");
    // The credentials and other settings. Address and database have their own kinds of change.
    const login = ({ connection }: Collection) =>
        connection && { ...connection, address: "", ...(!sameDatabase && { database: "" }) };
    if (before.address === after.address && !same(login(deployed), login(target))) changed.push("connection");
    // The program no longer sets the number, so the server keeps its own.
    for (const name of ["shardsNum", "numPartitions"] as const) {
        if (target[name] === undefined && deployed[name] !== undefined) changed.push(name);
    }
    // A property that a server gives every collection is no change of it.
    const left = Object.entries(deployed.properties).filter(([key]) => !(key in target.properties));
    if (left.some(([key, value]) => isDefaultProperty(key, value))) changed.push("properties");
    for (const name of ["previousName", "from", "backfill"] as const) {
        if (!same(hints(deployed, target, name), hints(target, deployed, name))) changed.push(name);
    }
    return changed;
}

/** The values of a hint by field, for fields on both sides. A new or dropped field is a separate change. */
function hints(
    of: Collection,
    other: Collection,
    name: "previousName" | "from" | "backfill",
): [string, unknown][] {
    const shared = new Set(other.fields.map((field) => field.name));
    return of.fields
        .filter((field: Field) => shared.has(field.name) && field[name] !== undefined)
        .map((field): [string, unknown] => [field.name, field[name]])
        .sort(([a], [b]) => (a < b ? -1 : 1));
}
