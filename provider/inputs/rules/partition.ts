import type { PartitionDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { connection } from "./connection";
import { nameRule, partitionName } from "./names";

/** Every collection has this partition, and no server drops it. */
const ofTheServer = "_default";

/** Source: Milvus docs, "Manage Partitions". */
export const partitionRules: Rule<PartitionDraft>[] = [
    (draft, report) => {
        nameRule(draft.name, ["name"], "partition", report, partitionName);
        nameRule(draft.collection, ["collection"], "collection", report);
        nameRule(draft.database, ["database"], "database", report);
        if (draft.name === ofTheServer)
            report.mistake(
                "MV008",
                ["name"],
                `${ofTheServer} is a partition of every collection. Leave the resource out.`,
            );
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];
