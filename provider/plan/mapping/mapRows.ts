import type { Collection, Field } from "../../inputs/schema/collection";
import type { Capabilities, RowStatistics, ObservedCollection } from "../../observe/state";
import type { Finding } from "../finding/finding";
import type { MappedColumn } from "./column/mapColumn";
import { carryColumn, computeColumn, fillColumn, filledUp } from "./column/mapColumn";
import { mapDynamic } from "./mapDynamic";
import { mapKey } from "./mapKey";
import { lostFields, uselessNames } from "./losses";
import { mapPartitions } from "./mapPartitions";
import type { PartitionMapping, RowMapping } from "./mapping";
import { originsOf } from "../diff/fieldOrigins";
import { isUnfilled } from "../diff/unfilled";
import { serverLimits } from "./serverLimits";
import { jsonFindings, storedJson } from "./storedJson";

export interface MapRowsInput {
    /** The collection that holds the rows, as it is on the server. */
    source: ObservedCollection;
    /** The declaration of the last deployment. It shows which renames are done and which fields were never declared. */
    deployed?: Collection;
    target: Collection;
    capabilities: Capabilities;
    /** What the server counted. */
    statistics?: RowStatistics;
    /** Fields that `deployed` has from the server, and that no program declared. */
    undeclared?: readonly string[] | undefined;
}

export interface MappedRows {
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** If one is an error, the mapping is only for display: a column without values is `omit`. */
    findings: Finding[];
}

/** How each source row becomes a target row, with the findings about it. */
export function mapRows({
    source,
    deployed,
    target,
    capabilities,
    statistics = {},
    undeclared = [],
}: MapRowsInput): MappedRows {
    const fields = new Map(source.fields.map((field) => [field.name, field]));
    const names = new Set(fields.keys());
    const origins = originsOf(target.fields, names, deployed?.fields ?? []);

    const from = source.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    const to = target.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    const sameField = to !== undefined && from !== undefined && origins.get(to.name) === from.name;
    const { key, findings: keyFindings } = mapKey({ from, to, sameField }, target, capabilities);
    // MV110 blocks another primary key already, so its column gets no second finding.
    const keyless = key.regenerate || keyFindings.some(({ code }) => code === "MV110");

    const outputs = new Set(target.functions.flatMap(({ outputFieldNames }) => outputFieldNames));
    const unreadable = unreadableFields(source);
    const { transform } = target.migration;
    const mapColumn = (field: Field, index: number): MappedColumn => {
        const path = `fields[${index}]`;
        const surroundings = { source, transform, json: capabilities.json, statistics, path };
        const origin = fields.get(origins.get(field.name) ?? "");
        if (field === to && keyless) return { source: { kind: "omit" }, findings: [] };
        if (outputs.has(field.name)) return computeColumn(field, origin, path);
        if (origin === undefined) return fillColumn(field, surroundings);
        const carried = carryColumn(field, origin, !unreadable.has(origin.name), surroundings);
        // An interrupted run has filled some rows in place: the copy fills the others.
        return isUnfilled(field, source) ? filledUp(field, carried) : carried;
    };
    const mapped = target.fields.map(mapColumn);
    const columns = target.fields.map((field, index) => ({ to: field, source: mapped[index]!.source }));
    const made = columns.flatMap(({ to: { name }, source: { kind } }) =>
        kind === "transform" ? [name] : [],
    );
    const {
        dynamic,
        movedToDynamicField,
        droppedDynamicKeys,
        findings: dynamicFindings,
    } = mapDynamic(source, target, origins, capabilities, statistics);
    const taken = new Set([
        ...columns.flatMap(({ source: s }) =>
            s.kind === "carry" || s.kind === "convert" ? [s.from.name] : [],
        ),
        ...movedToDynamicField.map(({ name }) => name),
    ]);
    const { partitions, findings: partitionFindings } = mapPartitions(source, deployed, target, statistics);

    return {
        mapping: {
            columns,
            dropped: [...names].filter((name) => !taken.has(name)),
            dynamic,
            ...(movedToDynamicField.length > 0 && { movedToDynamicField }),
            ...(droppedDynamicKeys.length > 0 && { droppedDynamicKeys }),
            ...storedJson(columns, capabilities),
            ...(transform !== undefined && made.length > 0 && { transform: { ...transform, fields: made } }),
            key,
        },
        partitions,
        findings: [
            ...serverLimits(target, capabilities),
            ...keyFindings,
            ...lostFields(source, deployed, target, origins, statistics, undeclared),
            ...mapped.flatMap(({ findings }) => findings),
            ...jsonFindings(columns, capabilities),
            ...uselessNames(target, names),
            ...dynamicFindings,
            ...partitionFindings,
        ],
    };
}

/** Outputs that Milvus computes only for its index and does not return: BM25 and MinHash. */
function unreadableFields(source: ObservedCollection): Set<string> {
    const hidden = source.functions.filter(({ type }) => type === "BM25" || type === "MinHash");
    return new Set(hidden.flatMap(({ outputFieldNames }) => outputFieldNames));
}
