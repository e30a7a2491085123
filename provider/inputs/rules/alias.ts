import type { AliasDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { connection } from "./connection";
import { nameRule } from "./names";

/** Source: Milvus docs, "Manage Aliases": aliases and collections of a database share one namespace. */
export const aliasRules: Rule<AliasDraft>[] = [
    (draft, report) => {
        nameRule(draft.name, ["name"], "alias", report);
        nameRule(draft.collection, ["collection"], "collection", report);
        nameRule(draft.database, ["database"], "database", report);
        if (draft.name !== undefined && draft.name === draft.collection)
            report.mistake(
                "MV095",
                ["name"],
                `The collection is already named "${draft.name}". Give the alias another name.`,
            );
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];
