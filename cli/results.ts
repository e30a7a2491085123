import { z } from "zod";

import { AbortResult } from "./abort/result";
import { AliasesResult, AliasResult, ChangedAliasResult } from "./aliases/result";
import { AlterResult } from "./alter/result";
import { CleanupResult } from "./cleanup/result";
import { DoctorResult } from "./doctor/result";
import { GateAsked, Message, Progressed } from "./output/result";
import { PauseResult } from "./pause/result";
import { PlanFound, PlanResult } from "./plan/result";
import { PullResult } from "./pull/result";
import { Migration, StatusResult } from "./status/result";
import { VerifyResult } from "./verify/result";
import { WorkResult } from "./work/result";

/** The result of each command, as `--json` prints it. */
export const results = {
    pull: PullResult,
    plan: PlanResult,
    alter: AlterResult,
    verify: VerifyResult,
    status: StatusResult,
    pause: PauseResult,
    resume: PauseResult,
    abort: AbortResult,
    rollback: AlterResult,
    work: WorkResult,
    cleanup: CleanupResult,
    "aliases list": AliasesResult,
    "aliases describe": AliasResult,
    "aliases create": ChangedAliasResult,
    "aliases switch": ChangedAliasResult,
    "aliases drop": ChangedAliasResult,
    doctor: DoctorResult,
} as const satisfies Record<string, z.ZodType>;

/** What happens before the end, by its `kind`. */
const events = {
    plan: PlanFound,
    message: Message,
    progress: Progressed,
    gate: GateAsked,
    migration: Migration,
    compared: VerifyResult,
} as const satisfies Record<string, z.ZodObject>;

const url = z.string().optional().describe("Where the code is explained.");
const command = z.string().describe("The command as it was typed, without options: `aliases list`.");

/** A line of `--json`. The last one is a `result` or an `error`. */
export const JsonLine = z
    .union([
        z.strictObject({
            type: z.literal("event"),
            event: z.union(
                Object.entries(events).map(([kind, event]) => event.extend({ kind: z.literal(kind) })),
            ),
            command,
        }),
        z.strictObject({
            type: z.literal("warning"),
            message: z.string().describe("It ends with a code."),
            url,
            command,
        }),
        z.strictObject({
            type: z.literal("error"),
            code: z.string().optional(),
            message: z.string().describe("It ends with the code."),
            url,
            command,
        }),
        ...Object.entries(results).map(([name, result]) =>
            z.strictObject({ type: z.literal("result"), result, command: z.literal(name) }),
        ),
    ])
    .describe("A line that `pulumi-milvus` prints with --json. Each is one object.");
