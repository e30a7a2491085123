import type { Command } from "commander";

import { planBlocked } from "../../provider/resource/context/planBlocked";
import { ToolCommand } from "../command";
import { exitCodes, type Io } from "../io";
import { planFound, planOnly, readChange } from "./change";
import { addChangeOptions, type ChangeOptions } from "./options";
import { isUnchanged } from "./planned";
import type { PlanResult } from "./result";
import { withChange } from "./withChange";
import { addSaveOption, type SaveOptions } from "../report/runReport";

const text = {
    summary: "print what `alter` would do, and change nothing",
    description:
        "Compares a collection with the schema of a file, and prints the plan with its findings: what changes, how, how long it takes, and what is lost.",
    examples: [
        ["plan --collection docs --schema schema.json", "print the plan"],
        [
            "plan -c docs -s schema.json --report docs.html --save plan.json",
            "for a change request, and to approve",
        ],
        [
            "plan -c docs -s schema.json --detailed-exitcode",
            "for a pipeline: 0 no changes, 2 changes, 1 error",
        ],
    ],
} as const;

type PlanOptions = ChangeOptions & SaveOptions & { detailedExitcode?: boolean };

export function planCommand(io: Io): Command {
    const command = new ToolCommand("plan", text).withConnection();
    addSaveOption(addChangeOptions(command)).option(
        "--detailed-exitcode",
        "end with 2 where something would change",
    );
    return command.action((options: PlanOptions, self: Command) =>
        withChange<PlanResult>(io, self, options, async (work) => {
            const change = await planOnly(work, await readChange(work, options), options);
            const { plan, subject } = change;
            if (plan.verdict === "blocked") throw planBlocked(subject.name, plan.findings);
            const isPending = !isUnchanged(plan) || subject.unfinished !== undefined;
            if (isPending && options.detailedExitcode) io.exitCode = exitCodes.changesPending;
            return {
                result: { ...planFound(change), saved: options.save ?? null },
                lines: isPending ? [] : [`${subject.name}: no changes detected`],
            };
        }),
    );
}
