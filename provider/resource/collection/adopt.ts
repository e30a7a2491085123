import { resolveName } from "../../milvus/collection/aliases";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import type { OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";
import type { Report } from "../../migration/report";
import type { Server } from "../context/context";
import { type Comparison, compareCollection, comparisonText } from "../context/compare";
import { undeclaredFields } from "../context/resourceState";
import type { Props } from "../session/props";

export interface Adopted {
    /** Whether the server could be told whose the collection is now. */
    isMarked: boolean;
    /** The arguments that differ, as the server has them: they are what is deployed. */
    recorded: Props;
}

/** Takes over a collection that is there already, as it is; undefined where there is nothing to adopt. */
export async function adopt(
    { client, capabilities }: Server,
    ref: CollectionRef,
    spec: Collection,
    marker: OwnershipMarker,
    report: Report,
): Promise<Adopted | undefined> {
    if ((await resolveName(client, ref)).kind !== "collection") return undefined;
    const source = await observeCollection(client, ref);
    if (!source) return undefined;
    if (source.marker && source.marker.owner !== marker.owner)
        throw new RunError(
            "MV333",
            `name: the collection ${ref.name} belongs to ${source.marker.owner}. Remove it there first (\`pulumi state delete\`), then adopt it`,
        );
    const comparison = compareCollection(spec, source, capabilities);
    tell(comparison, ref.name, report);
    if (capabilities.alterProperties) await setProperties(client, ref, markerProperties(marker));
    return {
        isMarked: capabilities.alterProperties,
        recorded: { ...comparison.recorded, ...undeclaredFields(comparison) },
    };
}

/** The first preview of an adoption cannot show a plan, so the adoption changes nothing, and the next preview shows it. */
function tell(comparison: Comparison, name: string, report: Report): void {
    const { differences, kept } = comparison;
    if (differences.length > 0)
        report.say(
            `${name} is adopted as it is, and differs from the program. Nothing was changed: the next \`pulumi preview\` shows what the program would change, and the next \`pulumi up\` changes it [MV303]`,
        );
    if (differences.length + kept.length > 0) comparisonText(comparison).forEach((line) => report.say(line));
}
