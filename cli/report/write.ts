import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { type SavedPlan, savedPlanText } from "../../provider/plan/approval/savedPlan";
import { CommandError } from "../errors";
import type { Io } from "../io";
import { type ReportContent, reportPage } from "./page";

/** Errors: `MV570`. */
export const writeReport = (io: Io, path: string, report: ReportContent): void =>
    write(io, path, reportPage(report), "--report");

/** Errors: `MV570`. */
export const writePlan = (io: Io, path: string, plan: SavedPlan): void =>
    write(io, path, savedPlanText([plan]), "--save");

function write({ folder }: Io, path: string, text: string, flag: string): void {
    try {
        writeFileSync(resolve(folder, path), text);
    } catch (error) {
        const { code = "unknown" } = error as NodeJS.ErrnoException;
        throw new CommandError(
            "MV570",
            `${flag}: ${path} cannot be written (${code}). Give a file in a folder that exists and that this user can write to`,
        );
    }
}
