import { approval } from "./codes/approval";
import { databases } from "./codes/databases";
import { deployment } from "./codes/deployment";
import { gate } from "./codes/gate";
import { grants } from "./codes/grants";
import { inPlace } from "./codes/inPlace";
import { lookups } from "./codes/lookups";
import { objects } from "./codes/objects";
import { rows } from "./codes/rows";
import { shards } from "./codes/shards";
import { telemetry } from "./codes/telemetry";
import { codes as serverCodes } from "../milvus/transport/codes";
import { MilvusError } from "../milvus/transport/errors";

/** The errors of a run. `npm run docs` generates the table in docs/findings.md from it. */
export const codes = {
    ...approval,
    ...databases,
    ...deployment,
    ...gate,
    ...grants,
    ...inPlace,
    ...lookups,
    ...objects,
    ...rows,
    ...shards,
    ...telemetry,
} as const;

export type RunCode = keyof typeof codes;

/** An error of a run. The message names the place first, then what happened and what to do; the code follows it. */
export class RunError extends Error {
    constructor(
        readonly code: RunCode,
        message: string,
    ) {
        super(`${message} [${code}]`);
        this.name = "RunError";
    }
}

export function isCoded(error: unknown, code: RunCode): error is RunError {
    return error instanceof RunError && error.code === code;
}

/**
 * Whether the same command, run again, resumes where this error stopped it. The tables of codes decide. Errors of the
 * network, the server, the disk, or the service that a transform calls leave the copy intact. A server error of unknown
 * cause (no memory for a load, a quota) counts as retryable: another attempt costs a moment, a new copy costs hours.
 */
export function isRetryable(error: unknown): boolean {
    if (error instanceof RunError) return codes[error.code].retryable;
    return error instanceof MilvusError && serverCodes[error.code].retryable;
}
