import type { Collection, Index } from "../../inputs/schema/collection";
import { defaultIndexName } from "../../inputs/normalize";
import { isOfMemory } from "../../inputs/schema/memory";
import { Params } from "../../inputs/schema/params";
import type { ObservedCollection, ObservedIndex } from "../../observe/state";
import type { Origins } from "../diff/fieldOrigins";
import { DYNAMIC_FIELD, hostOf, matchIndex, staysReleased, TEMPORARY_INDEX } from "../diff/matchIndex";
import { builtPart } from "../diff/builtPart";
import { same } from "../diff/same";
import { typeName } from "../diff/typeText";

interface CarriedIndexes {
    indexes: Index[];
    kept: string[];
    left: string[];
}

interface Where {
    origins: Origins;
    /** Another server builds other types, so AUTOINDEX stays its own choice there. */
    isSameServer: boolean;
}

/** The indexes of the target, with what the server knows of them, and those that the program never mentioned. */
export function carryIndexes(
    deployed: Collection,
    target: Collection,
    source: ObservedCollection,
    { origins, isSameServer }: Where,
): CarriedIndexes {
    const [kept, left]: [string[], string[]] = [[], []];
    const isSameType = typesOf(target, source, origins);
    const matched = new Set<ObservedIndex>();
    const indexes = target.indexes.map((index): Index => {
        const before = beforeRename(index, origins);
        const now = matchIndex(before, source.indexes);
        if (!now) return index;
        matched.add(now);
        const was = deployed.indexes.find(
            ({ field, name }) => field === before.field && name === before.name,
        );
        if (!was || !isSameType(index.field)) return index;
        const carried = carryIndex(index, was, now, isSameServer);
        kept.push(...differences(index, carried));
        return carried;
    });
    const dropped = new Set(
        deployed.indexes
            .filter((index) => !staysReleased(index, deployed, target))
            .map((index) => matchIndex(index, source.indexes)),
    );
    for (const index of source.indexes) {
        if (matched.has(index) || dropped.has(index) || index.name === TEMPORARY_INDEX) continue;
        const placed = place(index, target, origins);
        if (!placed) continue;
        if (isSameType(placed.field)) {
            indexes.push(placed);
            kept.push(`index ${placed.name} on ${placed.field}`);
        } else left.push(`index ${index.name} on ${placed.field} (its type changes)`);
    }
    return { indexes, kept, left };
}

function carryIndex(index: Index, was: Index, now: ObservedIndex, isSameServer: boolean): Index {
    const name = index.name === defaultIndexName(index.field) ? renamed(now, was, index) : index.name;
    const others = unmentioned(index, was, now);
    if (index.indexType === "AUTOINDEX" && was.indexType === "AUTOINDEX") {
        const [built, before] = [builtPart(index).params, builtPart(was).params];
        const isChosen = isSameServer && now.indexType !== "" && same(built, before);
        const isOpen = isChosen && Object.keys(built).length === 0;
        const { metricType = index.metricType } = was.metricType === index.metricType ? now : index;
        const metric = metricType === undefined ? {} : { metricType };
        if (isOpen)
            return {
                ...index,
                name,
                indexType: now.indexType,
                params: { ...others, ...index.params },
                ...metric,
            };
        const inMemory = Object.entries(others).filter(([key]) => isOfMemory(key));
        return { ...index, name, params: { ...Object.fromEntries(inMemory), ...index.params }, ...metric };
    }
    if (now.indexType !== index.indexType) return { ...index, name };
    return { ...index, name, params: { ...others, ...index.params } };
}

/** Parameters on the server that the program says nothing of. */
function unmentioned(index: Index, was: Index, now: ObservedIndex): Index["params"] {
    const others = Object.entries(now.params).filter(
        ([key]) => !(key in index.params) && !(key in was.params),
    );
    return Params.parse(Object.fromEntries(others));
}

/** The server's name of an index that the program gives none; one named after its field is renamed with it. */
function renamed(now: ObservedIndex, was: Index, index: Index): string {
    return now.name === defaultIndexName(was.field) ? index.name : now.name;
}

/** What is worth a line: which type a server chose for AUTOINDEX is not. */
function differences(index: Index, carried: Index): string[] {
    const isChosen = index.indexType === "AUTOINDEX";
    const others = Object.entries(carried.params).filter(
        ([key]) => !(key in index.params) && (!isChosen || isOfMemory(key)),
    );
    return [
        ...(carried.metricType === index.metricType
            ? []
            : [`metric ${carried.metricType} of the index on ${index.field}`]),
        ...others.map(
            ([key, value]) =>
                `${key}=${typeof value === "string" ? value : JSON.stringify(value)} of the index on ${index.field}`,
        ),
    ];
}

/** An index of the server as the new collection gets it; undefined where its field is dropped. */
function place(index: ObservedIndex, target: Collection, origins: Origins): Index | undefined {
    const { json_path: path, ...others } = index.params;
    const made = {
        indexType: index.indexType || "AUTOINDEX",
        ...(index.metricType !== undefined && { metricType: index.metricType }),
    };
    const keys = path?.startsWith("/") ? path.slice(1).split("/") : undefined;
    const nested = (head: string, rest: readonly string[]) =>
        head + rest.map((key) => `[${JSON.stringify(key)}]`).join("");
    if (index.field === DYNAMIC_FIELD) {
        if (!target.enableDynamicField || path === undefined) return undefined;
        const [head = "", ...rest] = keys ?? [path];
        const params = { ...Params.parse(others), json_path: nested(head, rest) };
        return { ...made, field: head, name: index.name, params };
    }
    const host = hostOf(index.field);
    const to = [...origins].find(([, from]) => from === host)?.[0];
    if (to === undefined) return undefined;
    const field = to + index.field.slice(host.length);
    const json: Index["params"] = path === undefined ? {} : { json_path: keys ? nested(to, keys) : path };
    const name = index.name === host ? to : index.name;
    return { ...made, field, name, params: { ...Params.parse(others), ...json } };
}

function beforeRename(index: Index, origins: Origins): Pick<Index, "field" | "name"> {
    const host = hostOf(index.field);
    const field = (origins.get(host) ?? host) + index.field.slice(host.length);
    return { field, name: index.name === index.field ? field : index.name };
}

/** Whether a field has the type of its source; a key of the dynamic field has no type of its own. */
function typesOf(
    target: Collection,
    source: ObservedCollection,
    origins: Origins,
): (field: string) => boolean {
    return (field) => {
        const to = target.fields.find(({ name }) => name === hostOf(field));
        const from = source.fields.find(({ name }) => name === origins.get(hostOf(field)));
        return to === undefined || (from !== undefined && typeName(from) === typeName(to));
    };
}
