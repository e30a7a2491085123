import type { GrantDraft, PrivilegeGroupDraft } from "../schema/draft";
import type { Report, Rule } from "../report/report";
import { roleName } from "./access";
import { connection } from "./connection";
import { nameRule } from "./names";

/** All collections of a database, or all databases. */
const any = "*";

/** Source: Milvus docs, "Grant Privileges to Roles". */
export const grantRules: Rule<GrantDraft>[] = [
    (draft, report) => {
        nameRule(draft.role, ["role"], "role", report, roleName);
        if (draft.database !== any) nameRule(draft.database, ["database"], "database", report);
        if (draft.collection !== any) nameRule(draft.collection, ["collection"], "collection", report);
    },
    requirePrivileges,
    (draft, report) => connection(draft.connection, ["connection"], report),
];

/** Source: Milvus docs, "Create Privilege Group". */
export const privilegeGroupRules: Rule<PrivilegeGroupDraft>[] = [
    (draft, report) => nameRule(draft.name, ["name"], "privilege group", report),
    (draft, report) => connection(draft.connection, ["connection"], report),
];

function requirePrivileges({ privileges, privilegeGroups }: GrantDraft, report: Report): void {
    if ((privileges ?? []).length > 0 || (privilegeGroups ?? []).length > 0) return;
    report.mistake(
        "MV003",
        ["privileges"],
        "A grant gives privileges, privilegeGroups, or both. Set one of them.",
        [["privilegeGroups"]],
    );
}
