import type { LookupDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { connection } from "./connection";
import { nameRule } from "./names";

/** What every look-up checks, of the arguments that it has. */
export const lookupRules: Rule<LookupDraft>[] = [
    (draft, report) => {
        nameRule(draft.name, ["name"], "collection", report);
        nameRule(draft.database, ["database"], "database", report);
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];
