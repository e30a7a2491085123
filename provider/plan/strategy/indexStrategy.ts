import type { Index } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import { isOfMemory } from "../../inputs/schema/memory";
import type { ChangeOf } from "../diff/change";
import { builtPart } from "../diff/builtPart";
import { matchIndex, storedParam } from "../diff/matchIndex";
import { same } from "../diff/same";
import { ignoredMemory, knownIndex } from "../mapping/memorySettings";
import { droppedIndex, isSatisfied, parameterTexts } from "./existingIndex";
import type { PlanContext } from "./planContext";
import { alreadyDone, inPlace, migrate, noting, type Strategy, whileReleased } from "./strategy";
import type { Update } from "./update";

/** A new index is built and loaded while the collection serves. An index of a loaded field cannot be dropped. */
export function addIndex({ index }: ChangeOf<"add-index">, context: PlanContext): Strategy {
    return noting(ignoredMemory({ fields: [], indexes: [index] }, context.server), added(index, context));
}

function added(index: Index, context: PlanContext): Strategy {
    const wanted = knownIndex(index, context.server);
    if (isSatisfied(wanted, context.source)) return alreadyDone(context);
    const inMemory = inMemoryOnly(wanted, undefined, context);
    if (inMemory) return unlessShadow(context, inMemory);
    const create = { kind: "create-index", index: wanted } as const;
    const [drop] = droppedIndex(wanted, context.source);
    if (drop !== undefined) return reindex(context, drop, create);
    return isAlteredAfterwards(wanted) ? whileReleased(create) : inPlace(create);
}

export function dropIndex({ index }: ChangeOf<"drop-index">, context: PlanContext): Strategy {
    const [drop] = droppedIndex(index, context.source);
    return drop === undefined ? alreadyDone(context) : reindex(context, drop);
}

/** Parameters of memory are set on the index as it is; for all others it is built again. */
export function alterIndex(change: ChangeOf<"alter-index">, context: PlanContext): Strategy {
    const findings = ignoredMemory({ fields: [], indexes: [change.to] }, context.server);
    return noting(findings, altered(change, context));
}

function altered({ from, to }: ChangeOf<"alter-index">, context: PlanContext): Strategy {
    const [was, wanted] = [knownIndex(from, context.server), knownIndex(to, context.server)];
    // Only the state has what the server does not know.
    if (same({ ...was, field: to.field, name: to.name }, wanted)) return { via: "state-only" };
    const inMemory = inMemoryOnly(wanted, was, context);
    if (inMemory) return unlessShadow(context, inMemory);
    if (isSatisfiedExactly(wanted, was, context)) return alreadyDone(context);
    const drops = droppedIndex(from, context.source);
    return reindex(context, ...drops, { kind: "create-index", index: wanted });
}

/** A parameter that the program no longer declares is gone, too. */
function isSatisfiedExactly(wanted: Index, was: Index, { source }: PlanContext): boolean {
    const there = matchIndex(wanted, source.indexes);
    const left = Object.keys(was.params).filter((key) => isOfMemory(key) && !(key in wanted.params));
    return isSatisfied(wanted, source) && !left.some((key) => there?.params[key] !== undefined);
}

/**
 * The one step for an index that is there as declared but for parameters of memory; undefined where it has to be built, or where
 * the server cannot alter one of them. A parameter is deleted where AlterCollection deletes properties: both came with 2.4.18.
 */
function inMemoryOnly(
    wanted: Index,
    was: Index | undefined,
    { server, source }: PlanContext,
): Extract<Update, { kind: "alter-index" }> | undefined {
    const there = matchIndex(wanted, source.indexes);
    if (!there || !isSatisfied(builtPart(wanted), source)) return undefined;
    const params = Object.entries(parameterTexts(wanted.params)).filter(([key]) => isOfMemory(key));
    const changed = params
        .map(([key, value]) => [key, storedParam(key, value, source)] as const)
        .filter(([key, value]) => storedParam(key, there.params[key] ?? "", source) !== value);
    const deletes = Object.keys(was?.params ?? {}).filter(
        (key) => isOfMemory(key) && !(key in wanted.params) && there.params[key] !== undefined,
    );
    const touched = [...changed.map(([key]) => key), ...deletes];
    const isAble = touched.every((key) => server.alterableIndexParams.includes(key));
    if (touched.length === 0 || !isAble || (deletes.length > 0 && !server.deleteProperties)) return undefined;
    return {
        kind: "alter-index",
        field: wanted.field,
        index: there.name,
        properties: Object.fromEntries(changed),
        ...(deletes.length > 0 && { deletes }),
    };
}

/**
 * AUTOINDEX takes no parameters when it is made, and AlterIndex wants a released collection. Source: parseIndexParams and
 * alterIndexTask in internal/proxy/task_index.go.
 */
export const isAlteredAfterwards = ({ indexType, params }: Index): boolean =>
    indexType === "AUTOINDEX" && Object.keys(params).some(isOfMemory);

function reindex(context: PlanContext, ...updates: Update[]): Strategy {
    const { server, source } = context;
    const [first] = updates;
    // An interrupted run may have dropped it: then building it is the first step.
    const of =
        first?.kind === "drop-index"
            ? first.field
            : first?.kind === "create-index"
              ? first.index.field
              : undefined;
    const on = source.fields.find(({ name }) => name === of);
    const isReleased = updates.some((one) => one.kind === "create-index" && isAlteredAfterwards(one.index));
    // A loaded collection keeps only its vector indexes where they are (PR 42941).
    if (on && !isVector(on.dataType) && server.dropsScalarIndexLoaded && !isReleased)
        return inPlace(...updates);
    return unlessShadow(context, ...updates);
}

/** Between release and load. A loaded collection is migrated instead where the program asks for a shadow. */
function unlessShadow({ source, target }: PlanContext, ...updates: Update[]): Strategy {
    const serves = source.loadState !== "not-loaded" && target.load !== undefined;
    return serves && target.migration.indexes === "shadow"
        ? migrate("indexes", 'migration.indexes is "shadow"')
        : whileReleased(...updates);
}
