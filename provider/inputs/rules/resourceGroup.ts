import type { ResourceGroupDraft } from "../schema/draft";
import type { Rule } from "../report/report";
import { connection } from "./connection";
import { nameRule } from "./names";

/** Source: Milvus docs, "Manage Resource Groups"; the server's checks in internal/querycoordv2/meta/resource_manager.go. */
export const resourceGroupRules: Rule<ResourceGroupDraft>[] = [
    ({ name, requests = 0, limits }, report) => {
        nameRule(name, ["name"], "resource group", report);
        if (limits !== undefined && limits < requests)
            report.mistake(
                "MV098",
                ["limits"],
                `limits is ${limits}, and requests is ${requests}. Set limits to requests or more, or leave it out.`,
                [["requests"]],
            );
    },
    (draft, report) => connection(draft.connection, ["connection"], report),
];
