import type { Collection, Field } from "../../inputs/schema/collection";
import { placeOf } from "./place";
import { same } from "./same";

/** Names of the changed arguments that only guide the provider: the state records them, no server is told. */
export function stateOnlyChanges(deployed: Collection, target: Collection): string[] {
    const changed: string[] = (["adopt", "deletionProtection", "migration"] as const).filter(
        (name) => !same(deployed[name], target[name]),
    );
    const [before, after] = [placeOf(deployed), placeOf(target)];
    const sameDatabase = before.database === after.database;
    // The same database, told in another place of the program.
    if (sameDatabase && deployed.database !== target.database) changed.push("database");
    // Who logs in, and how: address and database are told by themselves.
    const login = ({ connection }: Collection) =>
        connection && { ...connection, address: "", ...(!sameDatabase && { database: "" }) };
    if (before.address === after.address && !same(login(deployed), login(target))) changed.push("connection");
    // No longer given: the server keeps what it has, and the program stops to say.
    for (const name of ["shardsNum", "numPartitions"] as const) {
        if (target[name] === undefined && deployed[name] !== undefined) changed.push(name);
    }
    for (const name of ["previousName", "from", "backfill"] as const) {
        if (!same(hints(deployed, target, name), hints(target, deployed, name))) changed.push(name);
    }
    return changed;
}

/** A hint's value by field, of the fields on both sides: a new or dropped field is a change of its own. */
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
