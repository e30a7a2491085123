import type { CollectionFunction } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { inPlace, migrate, type Strategy } from "./strategy";

/** What the server computes by itself for rows that are there (Milvus docs, "Alter Collection Schema", 3.0). */
const computable = new Set(["BM25", "MinHash"]);

/**
 * A function comes in place together with one new output and that one's index, which has to be named outright.
 * Source: Milvus, AlterCollectionSchema (3.0), its validation of an added function.
 */
export function addFunction(added: CollectionFunction, context: PlanContext): Strategy {
    const { server, source, target } = context;
    if (source.functions.some(({ name }) => name === added.name)) return inPlace();
    const [output, ...others] = added.outputFieldNames;
    const field = target.fields.find(({ name }) => name === output);
    const index = target.indexes.find((one) => one.field === output);
    const made = new Set(source.functions.flatMap(({ outputFieldNames }) => outputFieldNames));
    const inputs = added.inputFieldNames;
    const readable = (input: string) => source.fields.some(({ name }) => name === input) && !made.has(input);
    if (!server.alterSchema) return migrate("functions", `${server.server} adds no function in place`);
    if (!computable.has(added.type))
        return migrate("functions", `Milvus adds no ${added.type} function in place`);
    if (inputs.length !== 1 || !inputs.every(readable))
        return migrate("functions", `${added.name} does not read one field that is there`);
    if (field === undefined || others.length > 0 || source.fields.some(({ name }) => name === output))
        return migrate("functions", `${added.name} does not make one new field`);
    if (index === undefined || index.indexType === "AUTOINDEX")
        return migrate("functions", `the index of ${field.name} names no type`);
    const message = `Rows that are there get ${field.name} in the background: until then searches in it miss some.`;
    return {
        via: "update",
        updates: [{ kind: "add-function", function: added, field, index }],
        findings: [finding("MV136", "functions", message)],
    };
}

export function dropFunction(gone: CollectionFunction, context: PlanContext): Strategy {
    if (!context.source.functions.some(({ name }) => name === gone.name)) return inPlace();
    return dropsInPlace(gone, context)
        ? inPlace({ kind: "drop-function", function: gone.name })
        : migrate("functions", `${context.server.server} does not drop ${gone.name} in place`);
}

/** A function goes in place with its outputs, where none of them is to stay and another vector does. */
export function dropsInPlace(gone: CollectionFunction, { server, target }: PlanContext): boolean {
    const stays = new Set(target.fields.map(({ name }) => name));
    return (
        server.alterSchema &&
        !target.functions.some(({ name }) => name === gone.name) &&
        gone.outputFieldNames.length > 0 &&
        !gone.outputFieldNames.some((output) => stays.has(output)) &&
        target.fields.some(({ dataType }) => isVector(dataType))
    );
}
