import type { CheckFailure } from "../../inputs/report/finding";
import { configurationErrors } from "./configuration";
import type { Context } from "../context/context";
import type { Obstacle } from "./obstacles";
import { hiddenInputs } from "../context/resourceState";
import type { Props } from "../session/props";

/**
 * What would fail `up` although the arguments make sense. Wrong configuration fails each preview. The rest is a warning, once
 * a run, and fails where the stack says so (`milvus:preview`).
 *
 * @param preflight of a resource that is to be created; a deployed one is looked at by its diff
 */
export async function surroundings(
    context: Context,
    props: Props,
    preflight: false | (() => Promise<Obstacle[]>),
): Promise<CheckFailure[]> {
    const errors = configurationErrors(context, props);
    const obstacles = errors.length === 0 && preflight ? await preflight() : [];
    const fails = ({ kind }: Obstacle) => kind === "misconfigured" || context.policy().preview === "strict";
    const { name } = hiddenInputs(props);
    for (const obstacle of obstacles) if (!fails(obstacle)) warnOnce(context, name, obstacle);
    const reasons = [...errors, ...obstacles.filter(fails).map(({ message }) => message)];
    // They are about no argument: the engine would print its value.
    return reasons.map((reason) => ({ property: "", reason }));
}

function warnOnce({ print, session: { warned } }: Context, name: string, { kind, message }: Obstacle): void {
    // A server that is not there is the same for all resources.
    if (warned.has(message)) return;
    warned.add(message);
    const effect =
        kind === "absent" ? "not checked, and `pulumi up` needs the server" : "`pulumi up` would fail";
    print(`warning: ${name}: ${effect}: ${message}`);
}
