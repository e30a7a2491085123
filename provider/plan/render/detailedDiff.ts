import { type Path, propertyPath } from "../../inputs/report/path";
import type { Change } from "../diff/change";
import { same } from "../diff/same";
import { indexKey, type NamedList, type Part, partsOf } from "./changedParts";

export type DiffKind = "add" | "delete" | "update";

/** What happens at a property path, such as `fields[2].dim`; and whether it replaces the resource. */
export type DetailedDiff = Record<string, { kind: DiffKind; replace: boolean }>;

type Props = Readonly<Record<string, unknown>>;

/**
 * Where the changes of a plan are in the program, for `pulumi preview --diff`: a renamed field is one update, an added one is
 * one addition, and the fields behind it, which only move in their list, are none.
 *
 * `olds` and `news` are the arguments as the program writes them; `replaces` are the arguments that need a new collection.
 */
export function detailedDiff(
    changes: readonly Change[],
    olds: Props,
    news: Props,
    replaces: readonly string[],
): DetailedDiff {
    const places = changes.flatMap((change) =>
        partsOf(change, changes).flatMap((part) => placesOf(part, olds, news)),
    );
    return Object.fromEntries(
        places.map(({ path, kind }) => [
            propertyPath(path),
            { kind, replace: replaces.includes(String(path[0])) },
        ]),
    );
}

/** The same for an object whose arguments are compared one by one. */
export function argumentsDiff(
    olds: Props,
    news: Props,
    changed: readonly string[],
    replaces: readonly string[],
): DetailedDiff {
    const places = changed.flatMap((name) => leaves(olds[name], news[name], [name]));
    return Object.fromEntries(
        places.map(({ path, kind }) => [
            propertyPath(path),
            { kind, replace: replaces.includes(String(path[0])) },
        ]),
    );
}

interface Place {
    path: Path;
    kind: DiffKind;
}

/** Hints of a field that only guide the provider: a plan names them without their fields. */
const hints: ReadonlySet<string> = new Set(["previousName", "from", "backfill"]);

function placesOf(part: Part, olds: Props, news: Props): Place[] {
    if ("list" in part) return entryPlaces(part, olds, news);
    const { argument, key } = part;
    if (hints.has(argument)) return hintPlaces(argument, olds, news);
    const path = key === undefined ? [argument] : [argument, key];
    const [from, to] = [at(olds, path), at(news, path)];
    // Where the program has not changed, the server has.
    return same(from, to) ? [{ path: [argument], kind: "update" }] : leaves(from, to, path);
}

function entryPlaces(part: Extract<Part, { list: NamedList }>, olds: Props, news: Props): Place[] {
    const { list } = part;
    const [from, to] = [entryOf(olds, list, part.old), entryOf(news, list, part.new)];
    // An index that nobody declared, such as that of a vector, has no place of its own.
    if (!from && !to) return [{ path: [list], kind: "update" }];
    if (!from) return [{ path: [list, to!.at], kind: "add" }];
    if (!to) return [{ path: [list, from.at], kind: "delete" }];
    if (same(from.value, to.value)) return [{ path: [list, to.at], kind: "update" }];
    const inOne = leaves(from.value, to.value, [list, to.at]);
    if (from.at === to.at) return inOne;
    // A path means the same on both sides only where the entry has kept its place.
    return inOne.flatMap(({ path, kind }): Place[] => {
        const before = [list, from.at, ...path.slice(2)];
        return kind === "update"
            ? [
                  { path: before, kind: "delete" },
                  { path, kind: "add" },
              ]
            : [{ path: kind === "delete" ? before : path, kind }];
    });
}

function hintPlaces(hint: string, olds: Props, news: Props): Place[] {
    const names = listOf(news, "fields").map((field) => nameOf("fields", field));
    return names.flatMap((name) => {
        const [from, to] = [entryOf(olds, "fields", name), entryOf(news, "fields", name)];
        if (!from || !to) return [];
        return leaves(at(from.value, [hint]), at(to.value, [hint]), ["fields", to.at, hint]);
    });
}

/** The differences of two values: objects by their keys, lists and other values as a whole. */
function leaves(from: unknown, to: unknown, path: Path): Place[] {
    if (same(from, to)) return [];
    if (from === undefined) return [{ path, kind: "add" }];
    if (to === undefined) return [{ path, kind: "delete" }];
    if (!isObject(from) || !isObject(to)) return [{ path, kind: "update" }];
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) => leaves(from[key], to[key], [...path, key]));
}

function entryOf(props: Props, list: NamedList, name: unknown) {
    if (name === undefined) return undefined;
    const entries = listOf(props, list);
    const index = entries.findIndex((entry) => nameOf(list, entry) === name);
    return index < 0 ? undefined : { at: index, value: entries[index] };
}

function listOf(props: Props, list: NamedList): readonly unknown[] {
    const entries = props[list];
    return Array.isArray(entries) ? entries : [];
}

function nameOf(list: NamedList, entry: unknown): unknown {
    if (!isObject(entry)) return entry;
    return list === "indexes" ? indexKey(entry as { field: string; name?: string }) : entry["name"];
}

function at(value: unknown, path: Path): unknown {
    return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function isObject(value: unknown): value is Props {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
