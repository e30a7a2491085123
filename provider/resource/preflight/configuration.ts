import type { CheckFailure } from "../../inputs/report/finding";
import { closest } from "../../inputs/report/didYouMean";
import { unknownValue } from "../../inputs/argumentScan";
import { RunError } from "../../migration/errors";
import { resolveConnection, settings as connectionSettings } from "../context/connection";
import type { Context } from "../context/context";
import { approvalSetting } from "../context/approval";
import { choices, resolvePolicy } from "../context/policy";
import { resolveTelemetry, telemetrySettings } from "../context/telemetrySettings";
import type { Props } from "../session/props";
import { parseOwner } from "../session/owner";
import { hiddenInputs } from "../context/resourceState";

const NAMESPACE = "milvus:";
const policies = [...Object.keys(choices), approvalSetting.slice(NAMESPACE.length)];
const known = [...Object.keys(connectionSettings), ...policies, ...Object.keys(telemetrySettings)];

/** What is wrong in the configuration that a resource uses: each check says so, because no run can mend it. */
export function configurationErrors(context: Context, props: Props): string[] {
    return [
        ...unknownSettings(context.settings(), parseOwner(hiddenInputs(props).owner).stack.split("/")[0]!),
        ...refused(() => context.policy()),
        ...refused(() => context.telemetry?.()),
        ...(hasUnknownConnection(props) ? [] : refused(() => context.connection(props))),
    ];
}

/**
 * What is wrong in the settings of a provider, each with its name.
 *
 * @param environment undefined where a setting is not known yet, and only the names are checked
 */
export function settingFailures(
    names: readonly string[],
    get: (key: string) => string | undefined,
    environment: ((name: string) => string | undefined) | undefined,
    { project, isStack }: { project: string; isStack: boolean },
): CheckFailure[] {
    const keys = names.map((name) => `${NAMESPACE}${name}`);
    const texts = [
        ...keys.flatMap((key) => unknownSettings([key], isStack ? project : "")),
        ...(environment
            ? [
                  ...policies.flatMap((name) =>
                      refused(() =>
                          resolvePolicy((key) => (key === `${NAMESPACE}${name}` ? get(key) : undefined)),
                      ),
                  ),
                  ...refused(() => resolveTelemetry(get, environment)),
                  ...refused(() => resolveConnection({}, get, environment)).flatMap(eachLine),
              ]
            : []),
    ];
    // The arguments of an explicit provider are not in the stack's configuration.
    return texts.map((text) => {
        const [, property = "", reason = ""] = /^milvus:([^:]*): (.*)$/s.exec(text)!;
        return { property, reason: isStack ? text : reason.replaceAll(NAMESPACE, "") };
    });
}

/** Several failures of a connection are the lines of one error. */
const eachLine = (text: string): string[] =>
    text
        .replace(/ \[MV316\]$/, "")
        .split("\n")
        .map((line) => `${line} [MV316]`);

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
