import type { Collection, CollectionFunction, Index } from "../../inputs/schema/collection";
import type { Change } from "./change";
import type { Origins } from "./fieldOrigins";
import { hostOf, staysReleased } from "./matchIndex";
import { same } from "./same";

/** Changes of the functions, by name. A renamed input or output is a change of the field only. */
export function diffFunctions(deployed: Collection, target: Collection, origins: Origins): Change[] {
    const rename = renamer(origins);
    const before = new Map(
        deployed.functions.map((item) => [
            item.name,
            {
                ...item,
                inputFieldNames: item.inputFieldNames.map(rename),
                outputFieldNames: item.outputFieldNames.map(rename),
            },
        ]),
    );
    const names = new Set(target.functions.map(({ name }) => name));
    return [
        ...deployed.functions
            .filter(({ name }) => !names.has(name))
            .map((item): Change => ({ kind: "drop-function", function: item })),
        ...target.functions.flatMap((to) => diffFunction(before.get(to.name), to)),
    ];
}

function diffFunction(from: CollectionFunction | undefined, to: CollectionFunction): Change[] {
    if (from === undefined) return [{ kind: "add-function", function: to }];
    if (!same({ ...from, description: "" }, { ...to, description: "" })) {
        return [{ kind: "alter-function", from, to }];
    }
    return from.description === to.description
        ? []
        : [{ kind: "describe-part", part: "function", name: to.name }];
}

/** Changes of the indexes, by field and name. The indexes of an added or dropped field are part of that change. */
export function diffIndexes(deployed: Collection, target: Collection, origins: Origins): Change[] {
    const rename = renamer(origins);
    const gone = without(deployed, new Set(origins.values()));
    const fresh = without(target, new Set(origins.keys()));
    const fields = new Set(deployed.fields.map(({ name }) => name));
    // An interrupted run has added the field, and its index is there as one that the server gives by itself.
    const isAdded = (host: string) => fresh.has(host) && !fields.has(host);
    const before = new Map(
        deployed.indexes
            .filter(({ field }) => !gone.has(hostOf(field)) && !isAdded(hostOf(field)))
            .map((index) => [key(carried(index, rename)), index]),
    );
    const after = new Map(
        target.indexes.filter((index) => !fresh.has(hostOf(index.field))).map((index) => [key(index), index]),
    );
    return [
        ...[...before]
            .filter(([id]) => !after.has(id))
            .filter(([, index]) => !staysReleased(index, deployed, target))
            .map(([, index]): Change => ({ kind: "drop-index", index })),
        ...[...after].flatMap(([id, to]): Change[] => {
            const from = before.get(id);
            if (from === undefined) return [{ kind: "add-index", index: to }];
            return same(carried(from, rename), to) ? [] : [{ kind: "alter-index", from, to }];
        }),
    ];
}

/** The index after a rename of its field. An index with the name of its field is renamed with it. */
function carried(index: Index, rename: (name: string) => string): Index {
    const host = hostOf(index.field);
    const field = rename(host) + index.field.slice(host.length);
    return { ...index, field, name: index.name === index.field ? field : index.name };
}

const key = ({ field, name }: Index) => `${field}/${name}`;

/** The fields of one side without a counterpart on the other. */
function without({ fields }: Collection, matched: ReadonlySet<string>): Set<string> {
    return new Set(fields.map(({ name }) => name).filter((name) => !matched.has(name)));
}

function renamer(origins: Origins): (name: string) => string {
    const names = new Map([...origins].map(([to, from]) => [from, to]));
    return (name) => names.get(name) ?? name;
}
