import { rowsText, timeText } from "../../inputs/report/figures";
import type { RetainedPlan } from "../retained";

/** A moment by the server's clock: `2026-03-01 10:00 UTC`. */
export const momentText = (milliseconds: number): string =>
    `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/**
 * What becomes of what is retained, a line each. Where nothing else changes, what has no time is not worth a line.
 */
export function retainedLines(retained: readonly RetainedPlan[], isMigrated: boolean): string[] {
    return retained
        .filter(({ fate, until }) => fate !== "restored" && (isMigrated || until !== undefined))
        .map((one) => `  retained: ${one.name}${textOf(one)}`);
}

const reasons = {
    expired: "expired",
    replaced: "only the latest is retained",
    most: "more than keepPrevious.most",
    abandoned: "this migration retains nothing",
} as const satisfies Record<NonNullable<RetainedPlan["why"]>, string>;

function textOf({ fate, why, secondsLeft, rows }: RetainedPlan): string {
    switch (fate) {
        case "dropped":
            return `, ${reasons[why!]}: this \`pulumi up\` drops it${rows === undefined ? "" : ` and its ${rowsText(rows)}`}`;
        case "overdue":
            return `, ${reasons[why!]}, but it stays: it is protected, used by an alias or a run, or named by rollback`;
        default:
            return secondsLeft === undefined
                ? ", until the next migration"
                : `, expires in ${timeText(secondsLeft)}`;
    }
}
