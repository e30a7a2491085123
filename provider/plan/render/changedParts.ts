import type { Change, ChangeKind, ChangeOf } from "../diff/change";

/** A list of the program whose entries have names. */
export type NamedList = "fields" | "functions" | "indexes" | "partitions";

/** What a change is about: an argument, a key of the argument `properties`, or an entry of a list by its name on each side. */
export type Part =
    | { argument: string; key?: string }
    | { list: NamedList; old: string | undefined; new: string | undefined };

/** The changes of one plan: a field that is renamed too has another name in the deployed program. */
type Parts<K extends ChangeKind> = (change: ChangeOf<K>, changes: readonly Change[]) => Part[];

const argument =
    (name: string): (() => Part[]) =>
    () => [{ argument: name }];
const changed = (list: NamedList, old: string | undefined, now: string | undefined): Part[] => [
    { list, old, new: now },
];
const field = ({ field: name }: { field: string }, changes: readonly Change[]) =>
    changed("fields", nameBefore(name, changes), name);
const key = (
    { from, to }: { from: string | undefined; to: string | undefined },
    changes: readonly Change[],
) => [
    ...(from === undefined ? [] : changed("fields", from, nameAfter(from, changes))),
    ...(to === undefined ? [] : changed("fields", nameBefore(to, changes), to)),
];
const property = ({ key: name }: { key: string }): Part[] => [{ argument: "properties", key: name }];

const parts = {
    "add-field": ({ field: { name } }) => changed("fields", undefined, name),
    "drop-field": ({ field: { name } }) => changed("fields", name, undefined),
    "rename-field": ({ from, to }) => changed("fields", from, to),
    "retype-field": field,
    "resize-field": field,
    "alter-dim": field,
    "alter-nullable": field,
    "alter-default": field,
    "alter-auto-id": field,
    "alter-analyzer": field,
    "alter-memory": field,
    "alter-primary-key": key,
    "alter-partition-key": key,
    "alter-clustering-key": key,
    "describe-part": ({ part, name }, changes) =>
        part === "field" ? field({ field: name }, changes) : changed("functions", name, name),
    "add-function": ({ function: { name } }) => changed("functions", undefined, name),
    "drop-function": ({ function: { name } }) => changed("functions", name, undefined),
    "alter-function": ({ to: { name } }) => changed("functions", name, name),
    "alter-dynamic-field": argument("enableDynamicField"),
    "alter-shards": argument("shardsNum"),
    "alter-consistency": argument("consistencyLevel"),
    "alter-description": argument("description"),
    "set-property": property,
    "delete-property": property,
    "add-partition": ({ partition }) => changed("partitions", undefined, partition),
    "drop-partition": ({ partition }) => changed("partitions", partition, undefined),
    "alter-num-partitions": argument("numPartitions"),
    "add-index": ({ index }) => changed("indexes", undefined, indexKey(index)),
    "drop-index": ({ index }) => changed("indexes", indexKey(index), undefined),
    "alter-index": ({ from, to }) => changed("indexes", indexKey(from), indexKey(to)),
    "alter-load": argument("load"),
    "alter-database": argument("database"),
    "alter-name": argument("name"),
    "alter-connection": argument("connection"),
    "state-only": ({ arguments: names }) => names.map((name) => ({ argument: name })),
} satisfies { [K in ChangeKind]: Parts<K> };

export function partsOf(change: Change, changes: readonly Change[]): Part[] {
    return (parts[change.kind] as Parts<ChangeKind>)(change, changes);
}

/** Names an index in its list: a field may have several. */
export const indexKey = ({
    field: name,
    name: index,
}: {
    field: string;
    name?: string | undefined;
}): string => `${name}/${index ?? name}`;

function nameBefore(name: string, changes: readonly Change[]): string {
    const renamed = changes.find((one) => one.kind === "rename-field" && one.to === name);
    return renamed?.kind === "rename-field" ? renamed.from : name;
}

function nameAfter(name: string, changes: readonly Change[]): string {
    const renamed = changes.find((one) => one.kind === "rename-field" && one.from === name);
    return renamed?.kind === "rename-field" ? renamed.to : name;
}
