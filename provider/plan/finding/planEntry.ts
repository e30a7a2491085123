import type { CodeEntry } from "../../inputs/report/code";

/** Every entry of the table of findings names what the finding depends on. */
export type PlanEntry = CodeEntry & Required<Pick<CodeEntry, "about">>;
