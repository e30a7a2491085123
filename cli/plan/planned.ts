import { observeCollection } from "../../provider/observe/collection";
import type { CollectionPlan } from "../../provider/plan/plan";
import { rowsText } from "../../provider/inputs/report/figures";
import { updateText } from "../../provider/plan/render/updateText";
import { argumentsOf, told } from "../../provider/plan/render/argumentsOf";
import { destructive } from "../../provider/plan/strategy/update";
import { diff } from "../../provider/resource/collection";
import { collectionState } from "../../provider/resource/context/resourceState";
import { spelledAs } from "../../provider/resource/context/spelledAs";
import { collectionSpec } from "../../provider/resource/context/inputs";
import type { Props } from "../../provider/resource/session/props";
import type { Subject } from "./subject";

/** Plans the change, and prints the plan as `pulumi preview` does. Changes nothing. */
export function planned({ context, deployed }: Subject, news: Props): Promise<CollectionPlan> {
    return diff(context, collectionState(deployed.outs), collectionSpec(news));
}

/** The collection as a state would record it that the schema has made: what the server spells otherwise is no change. */
export async function inSpellingOf({ at, deployed, ...subject }: Subject, news: Props): Promise<Subject> {
    const { client, capabilities } = at;
    const observed = await observeCollection(client, deployed.found);
    if (!observed) return { ...subject, at, deployed };
    const spec = spelledAs(collectionSpec(news), collectionSpec(deployed.inputs), observed, capabilities);
    const rest = Object.entries(deployed.outs).filter(([name]) => !isTold.has(name));
    // How the rows move is not recorded anywhere, and no change.
    const outs = { ...Object.fromEntries(rest), ...argumentsOf(spec), migration: news.migration };
    return { ...subject, at, deployed: { ...deployed, outs } };
}

const isTold: ReadonlySet<string> = new Set(told);

/** Whether nothing on the server would change. */
export const isUnchanged = ({ verdict }: CollectionPlan): boolean =>
    verdict === "none" || verdict === "state-only";

/** What a plan destroys, as a question names it; undefined where it destroys nothing. */
export function destroyedBy(plan: CollectionPlan, { name }: Pick<Subject, "name">): string | undefined {
    const { verdict, updates, migration, rows } = plan;
    const retained = plan.retained.filter(({ fate }) => fate === "dropped").map((one) => one.name);
    const too = retained.length === 0 ? [] : [`drop ${retained.join(" and ")}, which is retained`];
    if (verdict === "update") {
        const lost = updates.filter(destructive).map(updateText);
        const own = lost.length === 0 ? [] : [`${lost.join(", ")} of ${name}`];
        return own.length + too.length === 0 ? undefined : [...own, ...too].join(" and ");
    }
    if (verdict !== "migrate" || !migration) return undefined;
    const { dropped, movedToDynamicField = [] } = migration.mapping;
    const moved = new Set(movedToDynamicField.map((field) => field.name));
    const lost = dropped.filter((field) => !moved.has(field));
    const what = rows === undefined ? "the rows" : rowsText(rows);
    const without = lost.length === 0 ? "" : ` without ${lost.join(", ")}`;
    const last = migration.retainsPrevious ? "retain the old collection" : "drop the old collection";
    return [`migrate ${what} of ${name}${without}, then ${last}`, ...too].join(" and ");
}
