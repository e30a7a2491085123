import type { DatabaseDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { connection } from "./connection";
import { nameRule } from "./names";
import { properties } from "./properties";

/** Source: Milvus docs, "Database" and "Milvus Limits". */
export const databaseRules: Rule<DatabaseDraft>[] = [
    (draft, report) => {
        nameRule(draft.name, ["name"], "database", report);
        properties(draft, report);
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];
