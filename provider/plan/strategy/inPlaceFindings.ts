import type { Capabilities, ObservedCollection } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";
import { about } from "../mapping/serverBugs";
import type { Update } from "./update";

/** Whether a step changes the schema, which clients may have in a cache. */
const changesSchema = {
    "add-field": true,
    backfill: false,
    "enable-dynamic-field": true,
    "alter-field": true,
    "add-function": true,
    "alter-function": true,
    "drop-function": true,
    "drop-field": true,
    "set-properties": false,
    "delete-properties": false,
    "alter-description": false,
    "alter-consistency": false,
    "create-partition": false,
    "drop-partition": false,
    release: false,
    "drop-index": false,
    "alter-index": false,
    "create-index": false,
    load: false,
    refresh: false,
    // Another name is another entry of the cache.
    rename: false,
} satisfies Record<Update["kind"], boolean>;

/** What a change of the schema in place means to clients, and what the server is known to do wrong with it. */
export function inPlaceFindings(
    updates: readonly Update[],
    { name, shardsNum = 1 }: ObservedCollection,
    { checksSchemaOfClients, server, version, lite }: Capabilities,
): Finding[] {
    const findings: Finding[] = [];
    if (checksSchemaOfClients && updates.some(({ kind }) => changesSchema[kind])) {
        const message = `A client that wrote to ${name} before gets error 109 (schema mismatch) for its next insert or upsert. pymilvus and the Go SDK read the schema again and repeat the call; other clients have to.`;
        findings.push(finding("MV182", "fields", message));
    }
    const adds = updates.filter(({ kind }) => kind === "add-field" || kind === "enable-dynamic-field");
    const bugs = [
        ...(adds.length > 1 && shardsNum > 1 && !lite
            ? [
                  {
                      issues: [51835],
                      what: "several fields that are added to several shards may end a node again and again",
                  },
              ]
            : []),
        ...(version?.join(".") === "3.0.0" && updates.some(({ kind }) => kind === "drop-field")
            ? [
                  {
                      issues: [51396, 52877],
                      what: "a field that is added again under the name of a dropped one may be wrong",
                  },
              ]
            : []),
    ];
    return [...findings, ...about("MV183", "fields", server, bugs)];
}
