import { closest } from "../../inputs/report/didYouMean";
import { unknownValue } from "../../inputs/argumentScan";
import { RunError } from "../../migration/errors";
import { settings as connectionSettings } from "../context/connection";
import type { Context } from "../context/context";
import { choices } from "../context/policy";
import type { Props } from "../session/props";
import { parseOwner } from "../session/owner";
import { hiddenInputs } from "../context/resourceState";

const NAMESPACE = "milvus:";
const known = [...Object.keys(connectionSettings), ...Object.keys(choices)];

/** What is wrong in the configuration that a resource uses: each check says so, because no run can mend it. */
export function configurationErrors(context: Context, props: Props): string[] {
    return [
        ...unknownSettings(context.settings(), parseOwner(hiddenInputs(props).owner).stack.split("/")[0]!),
        ...refused(() => context.policy()),
        ...(hasUnknownConnection(props) ? [] : refused(() => context.connection(props))),
    ];
}

/** Whether the resource has a `connection` that is known only at `pulumi up`. */
export function hasUnknownConnection({ connection }: Props): boolean {
    return JSON.stringify(connection ?? null).includes(unknownValue);
}

/**
 * Settings of our namespace that do not exist. A project named `milvus` has its own settings there: of these, only one that
 * looks like a typing error is refused.
 */
export function unknownSettings(keys: readonly string[], project: string): string[] {
    return keys
        .filter((key) => key.startsWith(NAMESPACE))
        .map((key) => key.slice(NAMESPACE.length))
        .filter((name) => !known.includes(name))
        .flatMap((name) => {
            const guess = closest(name, known);
            if (guess === undefined && project === "milvus") return [];
            const fix =
                guess === undefined
                    ? `The settings are ${known.join(", ")}`
                    : `Did you mean ${NAMESPACE}${guess}?`;
            return [`${NAMESPACE}${name}: pulumi-milvus has no such setting. ${fix} [MV316]`];
        });
}

function refused(read: () => unknown): string[] {
    try {
        read();
        return [];
    } catch (error) {
        if (error instanceof RunError) return [error.message];
        throw error;
    }
}
