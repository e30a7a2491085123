import type { z } from "zod";

import type { Looked } from "../../inputs/schema/lookup";
import { RunError } from "../../migration/errors";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Context, Server } from "../context/context";

/** A function of the package: it looks at a server and changes nothing. */
export interface LookupFunction<Args, Result> {
    args: z.ZodType<Args>;
    result: z.ZodType<Result>;
    look: (context: Context, args: Args) => Promise<Result>;
    /** What its argument `name` names. */
    looked: Looked;
}

/** The same for the table of all. */
export const lookup = <Args extends object, Result extends object>(
    args: z.ZodType<Args>,
    result: z.ZodType<Result>,
    look: (context: Context, args: Args) => Promise<Result>,
    looked: Looked = "collection",
) => ({ args, result, look, looked }) as unknown as LookupFunction<object, object>;

/** @param database where it would be; undefined for what belongs to no database */
export function missing(asked: string, what: string, client: MilvusClient, database?: string): RunError {
    const isIn = database !== undefined;
    return new RunError(
        "MV391",
        `${asked}: ${client.target} has no ${what}${isIn ? ` in database ${database}` : ""}. ` +
            `Check the name${isIn ? ", the database" : ""} and the server; where this program creates it, use the outputs of its resource instead`,
    );
}

/** What a server answers about a kind of objects. Errors: `MV401` for a server that has none of the kind. */
export async function asked<T>(
    name: string,
    kind: string,
    { capabilities }: Server,
    ask: () => Promise<T | undefined>,
): Promise<T> {
    const answer = await ask().catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    if (answer !== undefined) return answer;
    throw new RunError(
        "MV401",
        `${name}: ${capabilities.server} has no ${kind}. Leave the look-up out, or use a server that has them`,
    );
}
