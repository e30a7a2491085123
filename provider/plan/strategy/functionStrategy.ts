import type { CollectionFunction } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { ChangeOf } from "../diff/change";
import { same } from "../diff/same";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { inPlace, loadsNew, migrate, type Strategy } from "./strategy";

/** The functions whose output the server computes for existing rows (Milvus docs, "Alter Collection Schema", 3.0). */
const computable = new Set(["BM25", "MinHash"]);

/**
 * A function is added in place together with one new output field and its index, whose type must be explicit.
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
    if (!server.addFunction) return migrate("functions", `${server.server} cannot add a function in place`);
    if (!computable.has(added.type))
        return migrate("functions", `Milvus cannot add a ${added.type} function in place`);
    if (inputs.length !== 1 || !inputs.every(readable))
        return migrate("functions", `function ${added.name} does not read exactly one existing field`);
    if (field === undefined || others.length > 0 || source.fields.some(({ name }) => name === output))
        return migrate("functions", `function ${added.name} does not fill exactly one new field`);
    if (index === undefined || index.indexType === "AUTOINDEX")
        return migrate("functions", `the index on ${field.name} has no explicit type`);
    const message = `Existing rows get ${field.name} in the background. Until then, searches in it miss some rows.`;
    return {
        via: "update",
        updates: [{ kind: "add-function", function: added, field, index }, ...loadsNew(context)],
        findings: [finding("MV136", "functions", message)],
    };
}

/**
 * Parameters of a TextEmbedding function that do not change its vectors: how the service is reached. Source: Milvus,
 * CheckFunctionAlterAllowed (alterableFunctionParams); AlterCollectionFunction takes any since 2.6.7.
 */
const connecting: ReadonlySet<string> = new Set([
    "url",
    "credential",
    "timeout_ms",
    "max_client_batch_size",
    "region",
    "location",
    "projectid",
    "user",
]);

export function alterFunction(
    { from, to }: ChangeOf<"alter-function">,
    { server, source }: PlanContext,
): Strategy {
    const there = source.functions.find(({ name }) => name === to.name);
    const settings = ({ params: _, description: __, ...rest }: CollectionFunction) => rest;
    const keys = [...new Set([...Object.keys(from.params), ...Object.keys(to.params)])];
    const changed = keys.filter((key) => !same(from.params[key], to.params[key]));
    const isConnection = changed.every((key) => connecting.has(key));
    const isEmbedding = to.type === "TextEmbedding" && there?.type === to.type;
    if (!isEmbedding || !same(settings(from), settings(to)) || !isConnection)
        return migrate("functions", "Milvus cannot change a function in place");
    if (!server.alterFunction)
        return migrate("functions", `${server.server} cannot change a function in place`);
    // What the program does not mention stays as somebody set it on the server.
    const others = Object.entries(there.params).filter(([key]) => !(key in from.params));
    return inPlace({
        kind: "alter-function",
        function: { ...to, params: { ...Object.fromEntries(others), ...to.params } },
    });
}

export function dropFunction(gone: CollectionFunction, context: PlanContext): Strategy {
    if (!context.source.functions.some(({ name }) => name === gone.name)) return inPlace();
    return dropsInPlace(gone, context)
        ? inPlace({ kind: "drop-function", function: gone.name })
        : migrate("functions", `${context.server.server} cannot drop function ${gone.name} in place`);
}

/** A function is dropped in place with its outputs, where no output stays in the program and another vector does. */
export function dropsInPlace(gone: CollectionFunction, { server, target }: PlanContext): boolean {
    const stays = new Set(target.fields.map(({ name }) => name));
    return (
        server.alterSchema &&
        // Source: PR 50471 (3.0.0); the outputs of other functions stay.
        computable.has(gone.type) &&
        !target.functions.some(({ name }) => name === gone.name) &&
        gone.outputFieldNames.length > 0 &&
        !gone.outputFieldNames.some((output) => stays.has(output)) &&
        target.fields.some(({ dataType }) => isVector(dataType))
    );
}
