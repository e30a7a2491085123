import type { Grant } from "../../inputs/schema/grant";
import type { ObjectWork } from "../object";
import { generationAt } from "./follow";
import { declaredIn, placeOf, textOf } from "./place";
import { rejectOwn, requireSupported } from "./require";

/** Says whose access changes, and refuses what `up` would refuse. */
export async function explain(
    work: ObjectWork<Grant>,
    deployed: Grant,
    verdict: "update" | "replace",
): Promise<void> {
    const { at, spec, name, context } = work;
    await requireSupported(at, spec);
    const [from, to] = [placeOf(at.client, deployed), placeOf(at.client, spec)];
    const [before, after] = [declaredIn(deployed), declaredIn(spec)];
    const isSame = textOf(from) === textOf(to) && verdict === "update";
    const taken = isSame ? before.filter((one) => !after.includes(one)) : before;
    const given = isSame ? after.filter((one) => !before.includes(one)) : after;
    const lines = [
        ...(given.length > 0 ? [`${spec.role} gets ${given.join(", ")} on ${textOf(to)}`] : []),
        ...(taken.length > 0 ? [`${deployed.role} loses ${taken.join(", ")} on ${textOf(from)}`] : []),
    ];
    for (const line of lines) context.print(`grant ${name}: ${line}`);
    await rejectOwn(at, deployed.role, taken, textOf(from));
}

/** The collection is being replaced, or another one takes its place: its name is not known before `up`. */
export async function explainOpen(
    { at: { client }, name, context }: ObjectWork<Grant>,
    deployed: Grant,
    open: readonly string[],
): Promise<void> {
    if (!open.includes("collection") || deployed.collection === undefined) return;
    const { session } = context;
    const place = placeOf(client, deployed);
    const generation = (await generationAt(client, place, session.holder))?.marker?.generation;
    const isReplaced = generation !== undefined && session.pendingReplacements.isBeingReplaced(generation);
    const what = `${declaredIn(deployed).join(", ")} on ${place.collection}`;
    context.print(
        isReplaced
            ? `grant ${name}: ${what} go to its successor`
            : `grant ${name}: ${what} go to the collection that this \`pulumi up\` creates`,
    );
}
