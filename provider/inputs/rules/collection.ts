import type { CollectionDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { analyzer } from "./fields/analyzer";
import { connection } from "./connection";
import { functions } from "./functions";
import { indexes } from "./indexes";
import { clusteringKey, partitionKey, primaryKey } from "./fields/keys";
import { limits } from "./limits";
import { migration } from "./migration";
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
    values,
    renames,
    origins,
    migration,
    functions,
    indexes,
    properties,
    (draft, report) => connection(draft.connection, ["connection"], report),
];
