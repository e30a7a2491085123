import { RunError } from "../../migration/errors";
import { type Approval, resolveApproval } from "./approval";

/** What a stack says about plans as a whole. */
export interface Policy {
    /** `milvus:destructive`: `refuse` stops `up` at every loss that is not allowed by name, also at one asked for. */
    destructive: "warn" | "refuse";
    /** `milvus:planFormat`: `json` prints each plan as one line of JSON, for machines. */
    planFormat: "text" | "json";
    /** `milvus:preview`: `strict` fails a preview for everything that is known to fail `up`, a blocked plan among it. */
    preview: "warn" | "strict";
    /** `milvus:approvedPlan`: the plans that are carried out. Default: every plan is. */
    approval?: Approval;
}

type Choice = Exclude<keyof Policy, "approval">;

/** The words of each setting, its default first. */
export const choices = {
    destructive: ["warn", "refuse"],
    planFormat: ["text", "json"],
    preview: ["warn", "strict"],
} as const satisfies { [Key in Choice]: readonly Policy[Key][] };

/**
 * Reads the stack's configuration; what is not set is the first of its choices. Errors: `MV316` for another word, `MV561` for
 * an approved plan that cannot be read.
 */
export function resolvePolicy(config: (key: string) => string | undefined): Policy {
    const approval = resolveApproval(config);
    return {
        destructive: choose("destructive", config),
        planFormat: choose("planFormat", config),
        preview: choose("preview", config),
        ...(approval && { approval }),
    };
}

function choose<Key extends Choice>(
    key: Key,
    config: (key: string) => string | undefined,
): (typeof choices)[Key][number] {
    const known: readonly (typeof choices)[Key][number][] = choices[key];
    const value = config(`milvus:${key}`) ?? known[0]!;
    const chosen = known.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw new RunError(
        "MV316",
        `milvus:${key}: ${JSON.stringify(value)} is none of ${known.join(", ")}. Set one of these`,
    );
}
