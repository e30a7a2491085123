import { createHash } from "node:crypto";

import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";

import type { CheckFailure } from "../inputs/report/finding";
import type { Props } from "../resource/session/props";

/** What `check` adds to the inputs of a collection that the program does not name. */
export interface AutoName {
    inputs: Props;
    failures: CheckFailure[];
}

/** Names as Milvus takes them (Milvus docs, "Create Collection"). */
const valid = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/**
 * Follows the stack's `pulumi:autonaming`. Without it the name is the logical name and the generation, which comes from the
 * engine's seed, so that the run of a saved plan makes the name of its preview. A name that is proposed is taken as a name
 * that the program gives: it stays for all generations. Letters that Milvus does not take become `_`, except in a name that
 * the stack enforces. Errors: `MV356` for an enforced name that Milvus does not take, `MV357` where names are required.
 */
export function autoName(
    request: CheckRequest,
    news: Props,
    /** The inputs of the last deployment; undefined where a physical collection is created. */
    olds: Props | undefined,
    /** The properties of the collection that the new one replaces. */
    predecessor: Props | undefined,
): AutoName {
    const kept = olds?.__generation as string | undefined;
    const generation = kept ?? generationOf(request.getRandomseed_asU8());
    const hidden = generation === undefined ? {} : { __generation: generation };
    if (news.name !== undefined) return { inputs: hidden, failures: [] };
    const former = olds ?? predecessor;
    // An interrupted copy is found by its name, so that the next proposal must not be another one.
    if (former?.__proposedName !== undefined)
        return { inputs: named(former.__proposedName as string, hidden), failures: [] };
    const options = request.getAutonaming();
    return options && !former ? proposed(options, hidden) : { inputs: hidden, failures: [] };
}

function proposed(options: CheckRequest.AutonamingOptions, hidden: Props): AutoName {
    const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;
    const name = options.getProposedName();
    switch (options.getMode()) {
        case DISABLE:
            return {
                inputs: hidden,
                failures: [
                    failure(
                        "is required, because pulumi:autonaming is disabled. Set it in the program [MV357]",
                    ),
                ],
            };
        case ENFORCE:
            if (valid.test(name)) return { inputs: named(name, hidden), failures: [] };
            return {
                inputs: hidden,
                failures: [
                    failure(
                        `pulumi:autonaming enforces ${name}, and Milvus takes letters, digits and underscores alone. Change the pattern, or set name in the program [MV356]`,
                    ),
                ],
            };
        case PROPOSE:
            return { inputs: named(toValid(name), hidden), failures: [] };
    }
}

const named = (name: string, hidden: Props): Props => ({ ...hidden, name, __proposedName: name });
const failure = (reason: string): CheckFailure => ({ property: "name", reason });

function toValid(name: string): string {
    return name
        .replace(/[^A-Za-z0-9_]/g, "_")
        .replace(/^(?=[0-9])/, "_")
        .slice(0, 255);
}

/** Seven hex digits; undefined where the engine sends no seed, and chance decides. */
function generationOf(seed: Uint8Array): string | undefined {
    return seed.length === 0 ? undefined : createHash("sha256").update(seed).digest("hex").slice(0, 7);
}
