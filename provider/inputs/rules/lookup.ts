import type { Path } from "../report/path";
import type { Report, Rule } from "../report/report";
import type { LookupDraft } from "../schema/draft";
import type { Looked } from "../schema/lookup";
import { roleName, userNameRule } from "./access";
import { connection } from "./connection";
import { nameRule } from "./names";

/** What every look-up checks, of the arguments that it has. */
export const lookupRules = (looked: Looked): Rule<LookupDraft>[] => [
    (draft, report) => {
        lookedRule(looked, draft.name, ["name"], report);
        nameRule(draft.database, ["database"], "database", report);
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];

function lookedRule(looked: Looked, name: string | undefined, at: Path, report: Report): void {
    if (looked === "user") userNameRule(name, at, report);
    else nameRule(name, at, looked, report, looked === "role" ? roleName : undefined);
}
