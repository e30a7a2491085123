import { alter } from "./codes/alter";
import { operator } from "./codes/operator";
import { pull } from "./codes/pull";
import { report } from "./codes/report";
import { work } from "./codes/work";

/** The errors of the command `pulumi-milvus`. `npm run docs` generates the table in docs/findings.md from it. */
export const codes = { ...operator, ...alter, ...pull, ...report, ...work } as const;

export type CommandCode = keyof typeof codes;
