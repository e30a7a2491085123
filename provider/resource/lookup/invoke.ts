import { parseLookup } from "../../inputs/parse";
import type { CheckFailure } from "../../inputs/report/finding";
import { RunError } from "../../migration/errors";
import type { Context } from "../context/context";
import type { Props } from "../session/props";
import { lookups } from "./functions";

/** What a call of a function gives: its result, or what is wrong with its arguments. */
export interface Invoked {
    /** Undefined where an argument is wrong, or not known yet. */
    result?: Props;
    failures: readonly CheckFailure[];
}

/**
 * Calls a function of the package by name. With an argument that is known only at `pulumi up` there is nothing to look at
 * yet. Errors: `MV392` for a function that this release does not have.
 */
export async function invoke(context: Context, name: string, args: Props): Promise<Invoked> {
    const called = lookups[name];
    if (!called)
        throw new RunError(
            "MV392",
            `pulumi-milvus has no function ${name}. It has ${Object.keys(lookups).join(", ")}. For a newer one, update the plugin`,
        );
    const { spec, failures } = parseLookup(called.args, called.looked, args);
    return spec ? { result: (await called.look(context, spec)) as Props, failures: [] } : { failures };
}
