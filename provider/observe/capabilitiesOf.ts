import { memoryKeys, OFFSET_CACHE } from "../inputs/schema/memory";
import type { Capabilities } from "./state";
import { typesOf } from "./typesOf";

/** The calls that not every server knows, by capability. */
export const calls = {
    aliases: "DescribeAlias",
    rename: "RenameCollection",
    partitions: "ShowPartitions",
    databases: "ListDatabases",
    alterProperties: "AlterCollection",
    addField: "AddCollectionField",
    addStruct: "AddCollectionStructField",
    alterField: "AlterCollectionField",
    alterSchema: "AlterCollectionSchema",
    alterIndex: "AlterIndex",
} as const;

export type Calls = Record<keyof typeof calls, boolean>;
type Version = [number, number, number];

/**
 * The capabilities of a server, from its version and the calls that it knows. Without the call it lacks the capability,
 * whatever its version (milvus-lite 3 cannot alter a schema); some calls can do more in a later version.
 * Sources: release notes and pull requests of Milvus.
 *
 * @param text the answer of GetVersion; undefined where the server does not know that call
 */
export function capabilitiesOf(text: string | undefined, known: Calls): Capabilities {
    const lite = text === undefined || /lite/i.test(text.replace(/^v2\.3\.\d+-lite$/, ""));
    const version = parse(text);
    const since = (...wanted: Version): boolean => version !== undefined && compare(version, wanted) >= 0;
    // Fixed in two release lines: 2.5.0 to 2.5.4 lack the fix of 2.4.23.
    const consistency = since(2, 5, 5) || (since(2, 4, 23) && !since(2, 5, 0));
    return {
        server:
            text === undefined
                ? "milvus-lite before 3"
                : `${lite ? "milvus-lite" : "milvus"} ${version?.join(".") ?? text}`,
        lite,
        version,
        aliases: known.aliases,
        rename: known.rename,
        partitions: known.partitions,
        databases: known.databases,
        alterProperties: known.alterProperties,
        deleteProperties: since(2, 4, 18),
        alterDescription: !lite && since(2, 5, 12),
        keepsDescription: !lite || text === undefined,
        nullable: since(2, 5, 0),
        addField: known.addField && since(2, 6, 0),
        addVector: known.addField && since(2, 6, 18),
        addStruct: known.addStruct && since(3, 0, 0),
        alterMaxLength: known.alterField && since(2, 5, 2),
        alterMaxCapacity: known.alterField && since(2, 5, 11),
        alterFieldDescription: known.alterField && since(2, 6, 10),
        alterSchema: known.alterSchema && since(3, 0, 0),
        // The default configuration lacks what it takes: see addsFunctions.ts.
        addFunction: known.alterSchema && since(3, 0, 0),
        schemaVersions: !lite && since(3, 0, 0),
        alterAnalyzer: known.alterField && !lite && since(3, 0, 0),
        fieldMmap: !lite && since(2, 4, 10),
        alterFieldMmap: known.alterField && !lite && since(2, 4, 10),
        alterableIndexParams: known.alterIndex && !lite ? alterableIndexParams(since) : [],
        warmup: !lite && since(2, 6, 11),
        // Milvus docs, "Multi-language Analyzers".
        multiAnalyzer: !lite && since(2, 5, 11),
        // milvus_lite/analyzer/factory.py of 3.2.2: other tokenizers are refused, other filters are read past.
        analyzers:
            lite && since(3, 0, 0)
                ? { tokenizers: ["standard", "jieba"], filters: ["stop", "lowercase"] }
                : undefined,
        alterFunction: !lite && since(2, 6, 7),
        enableDynamicField: known.alterProperties && !lite && since(2, 6, 6),
        checksSchemaOfClients: !lite && (since(2, 5, 5) || (since(2, 4, 22) && !since(2, 5, 0))),
        crashesOnAddedField: !lite && !since(2, 6, 7),
        flushesBeforeAdd: !lite && !since(2, 6, 2),
        alterConsistency: known.alterProperties && !lite && consistency,
        renameLosesMetadata: !lite && version?.join(".") === "2.5.14",
        renameStrays: !lite && since(2, 6, 0) && !since(2, 6, 11),
        // 3.0.0 with Storage V3 fills NULL again (issue 52771); whether it is on cannot be asked.
        fillsDefaults: !lite && since(2, 6, 6) && version?.join(".") !== "3.0.0",
        dropsScalarIndexLoaded: !lite && since(2, 6, 2),
        changesReplicasLoaded: !lite && since(2, 4, 13),
        // Milvus docs, "Manage Resource Groups": declarative since 2.4.1.
        groupConfig: !lite && since(2, 4, 1),
        partialUpsert: !lite && since(2, 6, 18),
        upsertMerges: lite && since(3, 0, 0),
        insertAutoId: lite ? since(3, 0, 0) : since(2, 6, 3),
        ...typesOf(lite, since),
        dynamicKeyCollisions: dynamicKeyCollisions(lite, since),
    };
}

/** Milvus docs, "Use mmap" (2.4); configableIndexParams in pkg/util/indexparams (2.5); PR 47343 (2.6.11). */
function alterableIndexParams(since: (...wanted: Version) => boolean): string[] {
    return [
        ...(since(2, 4, 0) ? [memoryKeys.mmap] : []),
        ...(since(2, 5, 0) ? [OFFSET_CACHE] : []),
        ...(since(2, 6, 11) ? [memoryKeys.warmup] : []),
    ];
}

/**
 * Measured on milvus-lite 2.5.1 and Milvus 2.3.5 (keys stay) and on milvus-lite 3.2.2 (keys overwrite). Milvus 2.6 refuses
 * such a row since 2.4.18 and 2.5.0 (PR 38027, PR 38025; again issue 41681).
 */
function dynamicKeyCollisions(
    lite: boolean,
    since: (...wanted: Version) => boolean,
): Capabilities["dynamicKeyCollisions"] {
    if (lite) return since(3, 0, 0) ? "overwrite" : "stay";
    return since(2, 4, 18) ? "refused" : "stay";
}

/**
 * `v2.3.5-lite` is Milvus 2.3.5 installed from PyPI, `milvus_lite-3.2.2` is the embedded engine. A hosted Milvus may report
 * only `... Compatible with Milvus 2.6`: then it counts as the first release of that line, which has the fewest capabilities.
 */
function parse(text: string | undefined): Version | undefined {
    const parts = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? "");
    return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)] : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
    const difference = a.map((part, place) => part - b[place]!).find((part) => part !== 0);
    return difference ?? 0;
}
