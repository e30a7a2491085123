import type { Collection, Index } from "../../provider/inputs/schema/collection";
import type { ObservedCollection, ObservedField, ObservedIndex } from "../../provider/observe/state";
import { parameterTexts } from "../../provider/plan/strategy/existingIndex";
import type { Update } from "../../provider/plan/strategy/update";

/** The state of a server after one step. A step that was done already changes nothing, as in `migration/lifecycle/`. */
export function after(server: ObservedCollection, update: Update): ObservedCollection {
    switch (update.kind) {
        case "add-field":
            return withField(server, update.field, false);
        case "add-function":
            return {
                ...withField(server, update.field, true),
                functions: [...without(server.functions, update.function.name), update.function],
                indexes: [...server.indexes, toObserved(update.index)],
            };
        case "backfill":
            return server;
        case "rename":
            return { ...server, name: update.to ?? server.name };
        case "drop-field":
            return withoutFields(server, [update.field]);
        case "drop-function": {
            const gone = server.functions.find(({ name }) => name === update.function);
            const outputs = gone?.outputFieldNames ?? [];
            return {
                ...withoutFields(server, outputs),
                functions: without(server.functions, update.function),
            };
        }
        case "alter-field": {
            const { max_length, max_capacity, "field.description": description } = update.properties;
            const { enable_analyzer, analyzer_params } = update.properties;
            const { "mmap.enabled": mmap, warmup } = update.properties;
            const names: Record<string, string> = {
                analyzer_params: "analyzerParams",
                "mmap.enabled": "mmap",
                warmup: "warmup",
            };
            const gone = new Set(update.deletes?.map((key) => names[key]));
            const bare = (one: ObservedField) =>
                Object.fromEntries(Object.entries(one).filter(([key]) => !gone.has(key))) as ObservedField;
            const altered = {
                ...(enable_analyzer !== undefined && { enableAnalyzer: enable_analyzer === "true" }),
                ...(analyzer_params !== undefined && {
                    analyzerParams: JSON.parse(analyzer_params) as Record<string, string>,
                }),
                ...(max_length !== undefined && { maxLength: Number(max_length) }),
                ...(max_capacity !== undefined && { maxCapacity: Number(max_capacity) }),
                ...(description !== undefined && { description }),
                ...(mmap !== undefined && { mmap: mmap === "true" }),
                ...(warmup !== undefined && { warmup: warmup as "sync" | "disable" }),
            };
            return {
                ...server,
                fields: server.fields.map((one) =>
                    one.name === update.field ? { ...bare(one), ...altered } : one,
                ),
            };
        }
        case "enable-dynamic-field":
            return { ...server, enableDynamicField: true };
        case "set-properties":
            return {
                ...server,
                properties: Object.fromEntries([
                    ...Object.entries(server.properties),
                    ...Object.entries(update.properties),
                ]),
            };
        case "delete-properties":
            return {
                ...server,
                properties: Object.fromEntries(
                    Object.entries(server.properties).filter(([key]) => !update.keys.includes(key)),
                ),
            };
        case "alter-description":
            return { ...server, description: update.description };
        case "alter-consistency":
            return { ...server, consistencyLevel: update.consistencyLevel };
        case "create-partition":
            return {
                ...server,
                partitions: [
                    ...server.partitions.filter((name) => name !== update.partition),
                    update.partition,
                ],
            };
        case "drop-partition":
            return { ...server, partitions: server.partitions.filter((name) => name !== update.partition) };
        case "release":
            return { ...server, loadState: "not-loaded" };
        case "load":
            return { ...server, loadState: "loaded" };
        case "refresh":
            return server;
        case "alter-function":
            return {
                ...server,
                functions: [...without(server.functions, update.function.name), update.function],
            };
        case "drop-index":
            return {
                ...server,
                indexes: server.indexes.filter(
                    ({ name, field }) => name !== update.index || field !== update.field,
                ),
            };
        case "alter-index":
            return {
                ...server,
                indexes: server.indexes.map((one) =>
                    one.name === update.index
                        ? {
                              ...one,
                              params: Object.fromEntries(
                                  Object.entries({ ...one.params, ...update.properties }).filter(
                                      ([key]) => !update.deletes?.includes(key),
                                  ),
                              ),
                          }
                        : one,
                ),
            };
        case "create-index": {
            const { field, name } = update.index;
            const others = server.indexes.filter((one) => one.name !== name || one.field !== field);
            return { ...server, indexes: [...others, toObserved(update.index)] };
        }
    }
}

function toObserved({ params, metricType, ...index }: Index): ObservedIndex {
    return { ...index, metricType, params: parameterTexts(params) };
}

function withField(
    server: ObservedCollection,
    field: Collection["fields"][number],
    isFunctionOutput: boolean,
): ObservedCollection {
    return { ...server, fields: [...without(server.fields, field.name), { ...field, isFunctionOutput }] };
}

/** The indexes of a field are dropped with it. */
function withoutFields(server: ObservedCollection, gone: readonly string[]): ObservedCollection {
    return {
        ...server,
        fields: server.fields.filter(({ name }) => !gone.includes(name)),
        indexes: server.indexes.filter(({ field }) => !gone.includes(field)),
    };
}

function without<T extends { name: string }>(list: readonly T[], name: string): T[] {
    return list.filter((one) => one.name !== name);
}
