import type { CollectionDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { analyzer } from "./fields/analyzer";
import { connection } from "./connection";
import { functions } from "./functions";
import { gate } from "./gate";
import { indexes } from "./indexes";
import { indexMemory } from "./indexMemory";
import { clusteringKey, partitionKey, primaryKey } from "./fields/keys";
import { limits } from "./limits";
import { fieldMemory } from "./fields/memory";
import { migration } from "./migration";
import { multiAnalyzer } from "./fields/multiAnalyzer";
import { collectionNames } from "./names";
import { origins } from "./fields/origins";
import { properties } from "./properties";
import { renames } from "./fields/renames";
import { fieldTypes } from "./fields/types";
import { values } from "./fields/values";

/** The rules for the arguments of a collection, in the order of their messages. */
export const collectionRules: Rule<CollectionDraft>[] = [
    collectionNames,
    limits,
    primaryKey,
    partitionKey,
    clusteringKey,
    fieldTypes,
    analyzer,
    multiAnalyzer,
    fieldMemory,
    values,
    renames,
    origins,
    migration,
    gate,
    functions,
    indexes,
    indexMemory,
    properties,
    (draft, report) => connection(draft.connection, ["connection"], report),
];
