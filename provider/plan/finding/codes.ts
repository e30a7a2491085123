import { gate } from "./codes/gate";
import { losses } from "./codes/losses";
import { program } from "./codes/program";
import { rows } from "./codes/rows";
import { server } from "./codes/server";
import { settings } from "./codes/settings";

/** The codes of a plan's findings. None is retryable: the program, the server or the rows have to change. */
export const codes = {
    ...losses,
    ...gate,
    ...rows,
    ...server,
    ...program,
    ...settings,
} as const;
