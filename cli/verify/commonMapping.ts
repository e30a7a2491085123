import { parseCollection } from "../../provider/inputs/parse";
import type { Capabilities, ObservedCollection } from "../../provider/observe/state";
import type { RowMapping } from "../../provider/plan/mapping/mapping";
import { mapRows } from "../../provider/plan/mapping/mapRows";
import { declared } from "../../provider/resource/collection/import";
import { CommandError } from "../errors";

/** How the rows of two collections are compared. */
export interface CommonMapping {
    mapping: RowMapping;
    /** Fields without a counterpart, each with the reason. */
    left: string[];
}

/** Compares what both collections have. Errors: `MV527` where their keys have not the same type. */
export function commonMapping(
    source: ObservedCollection,
    target: ObservedCollection,
    capabilities: Capabilities,
    { ignoreKeys }: { ignoreKeys: boolean },
): CommonMapping {
    const [from, to] = [keyOf(source), keyOf(target)];
    if (!ignoreKeys && from?.dataType !== to?.dataType)
        throw new CommandError(
            "MV527",
            `${target.name} cannot be compared with ${source.name} by key: the primary key is ${to?.name} (${to?.dataType}) there, and ${from?.name} (${from?.dataType}) here. ` +
                "Compare collections whose keys have the same type, or add --ignore-keys",
        );
    const { spec } = parseCollection({ ...declared(target), load: false });
    // Keys that a server makes are compared like any others.
    const able = { ...capabilities, insertAutoId: true };
    const { mapping } = mapRows({ source, target: spec!, capabilities: able });
    const isKey = (name: string) => name === mapping.key.to;
    const columns = mapping.columns.filter(
        ({ to: field, source: { kind } }) =>
            (kind === "carry" || kind === "convert") && !(ignoreKeys && isKey(field.name)),
    );
    const compared = new Set(columns.map((column) => column.to.name));
    const outputs = new Set(target.functions.flatMap(({ outputFieldNames }) => outputFieldNames));
    const there = new Set(source.fields.map(({ name }) => name));
    const reason = (name: string) => {
        if (outputs.has(name)) return "made by the server";
        return there.has(name) ? "of another type" : `only in ${target.name}`;
    };
    const left = [
        ...target.fields
            .map(({ name }) => name)
            .filter((name) => !compared.has(name) && !isKey(name))
            .map((name) => `${name} (${reason(name)})`),
        ...mapping.dropped
            .filter((name) => name !== from?.name)
            .map((name) => `${name} (only in ${source.name})`),
        ...(mapping.dynamic === "drop" ? [`$meta (only in ${source.name})`] : []),
        ...(mapping.dynamic === "empty" ? [`$meta (only in ${target.name})`] : []),
    ];
    const dynamic = mapping.dynamic === "carry" ? "carry" : "none";
    return { mapping: { ...mapping, columns, dynamic }, left };
}

const keyOf = ({ fields }: ObservedCollection) => fields.find(({ isPrimaryKey }) => isPrimaryKey);
