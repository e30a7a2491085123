import { unknownValue } from "../../inputs/argumentScan";
import type { Context } from "../context/context";
import { hiddenInputs } from "../context/resourceState";
import { inDatabase } from "../preflight/database";
import { isObstacle, type Obstacle, obstaclesOf, reach } from "../preflight/obstacles";
import type { Props } from "../session/props";
import { rejectTaken } from "./create";
import { type ObjectKind, type ObjectSpec, workOf } from "./kind";

/** What would fail `up`, as far as it is known before: the creation of an object, or its place. */
export async function look<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    olds: Props | undefined,
    inputs: Props,
): Promise<Obstacle[]> {
    const ofNew = () => preflight(kind, context, inputs);
    if (kind.database === undefined) return olds === undefined ? ofNew() : [];
    const title = `${kind.type.toLowerCase()} ${hiddenInputs(inputs).name}`;
    return inDatabase(context, { olds, news: inputs, title, isGrant: kind.database === "named" }, ofNew);
}

/** What would fail the creation of an object. */
async function preflight<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    inputs: Props,
): Promise<Obstacle[]> {
    const at = await reach(context, inputs);
    if (at === undefined) return [];
    if (isObstacle(at)) return [at];
    const { spec } = kind.parse(inputs);
    // What is not known yet is asked at `up`.
    if (!spec || JSON.stringify(inputs).includes(unknownValue)) return [];
    return obstaclesOf([
        async () => {
            await kind.requireSupported(at, spec);
            const there = await kind.observe(at, spec);
            if (!kind.isShared && there !== undefined) rejectTaken(kind, spec);
            kind.explainCreate?.(workOf(context, at, hiddenInputs(inputs), { spec, props: inputs }), there);
        },
    ]);
}
