import { isMarkedLive } from "../support/faults/isMarkedLive";
import type { Moment } from "../support/faults/moment";
import type { ServerName } from "../support/servers";
import type { Cutover } from "./program";

/** A step of a migration, identified by its call. */
export type Step = Omit<Moment, "when"> & { name: string };

/**
 * The steps of a migration of `old`, in order, identified by their calls to the server.
 *
 * @param old the physical name of the collection whose rows are copied
 */
export function stepsOf(cutover: Cutover, server: ServerName, prefix: string, old: string): Step[] {
    const named = ({ collection_name: name, oldName }: Record<string, unknown>) => String(name ?? oldName);
    const ofOld = (request: Record<string, unknown>) => named(request) === old;
    const ofNew = (request: Record<string, unknown>) =>
        named(request).startsWith(prefix) && named(request) !== old;
    const rows = ({ output_fields }: Record<string, unknown>) =>
        (output_fields as string[])[0] !== "count(*)";
    const lite = server.startsWith("milvus-lite");
    const before: Step[] = [
        { name: "create the shadow", method: "CreateCollection" },
        { name: "create a partition", method: "CreatePartition" },
        // milvus-lite loads a collection as soon as it has its index, so it is not asked for the load of an empty copy.
        ...(lite ? [] : [{ name: "request the load", method: "LoadCollection", of: ofNew }]),
        { name: "copy, in the middle", method: "Insert", nth: 6 },
        {
            name: "flush",
            method: "Flush",
            of: ({ collection_names: names }) => (names as string[]).every((name) => name !== old),
        },
        { name: "build the index", method: "CreateIndex" },
        { name: "load", method: "GetLoadState", of: ofNew },
        { name: "count the copy", method: "Query", of: ofNew },
        {
            name: "compare the rows",
            method: "Query",
            of: (request) => ofNew(request) && rows(request),
            nth: 2,
        },
        ...(lite ? [] : [{ name: "wait for the flush", method: "GetFlushState" }]),
        { name: "mark it live", method: "AlterCollection", of: isMarkedLive },
    ];
    const switchSteps: Record<Cutover, Step[]> = {
        alias: [{ name: "move the alias", method: "AlterAlias" }],
        rename: [
            { name: "rename the old", method: "RenameCollection", of: ofOld },
            { name: "rename the shadow", method: "RenameCollection", of: ofNew },
            { name: "move the alias of the name", method: "AlterAlias" },
            // milvus-lite releases a collection when it renames it.
            ...(lite ? [{ name: "load again", method: "LoadCollection", of: ofOld }] : []),
        ],
    };
    return [...before, ...switchSteps[cutover], { name: "drop the old", method: "DropCollection" }];
}
