import { resolveName } from "../../milvus/collection/aliases";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import type { OwnershipMarker } from "../../observe/state";
import { planCollection } from "../../plan/plan";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";
import type { Report } from "../../migration/report";
import { changeInPlace } from "../../migration/lifecycle/changeInPlace";
import { planBlocked } from "../context/planBlocked";
import type { Server } from "../context/context";
import { asDeployed } from "../context/drift";

/**
 * Takes over a collection that is there already: the program must describe it as it is, and changes come after.
 * Returns whether the server could be told whose it is now; undefined where there is nothing to adopt.
 */
export async function adopt(
    { client, capabilities }: Server,
    ref: CollectionRef,
    spec: Collection,
    marker: OwnershipMarker,
    report: Report,
): Promise<boolean | undefined> {
    if ((await resolveName(client, ref)).kind !== "collection") return undefined;
    const source = await observeCollection(client, ref);
    if (!source) return undefined;
    if (source.marker && source.marker.owner !== marker.owner)
        throw new RunError(
            "MV333",
            `name: the collection ${ref.name} belongs to ${source.marker.owner}. Remove it there first (\`pulumi state delete\`), then adopt it`,
        );
    const plan = planCollection({
        deployed: asDeployed(spec, source, capabilities),
        target: spec,
        source,
        capabilities,
        unknowns: false,
    });
    if (plan.replaces.length > 0)
        throw new RunError(
            "MV303",
            `${ref.name} differs from the program in ${plan.replaces.join(", ")}. Declare it as it is on the server, run \`pulumi up\`, and change it after that`,
        );
    if (plan.verdict === "blocked") throw planBlocked(ref.name, plan.findings);
    const { updates } = plan;
    // The next run compares an adopted collection with the program in any case.
    const change = { client, capabilities, ref, observed: source, deployed: spec, updates, id: undefined };
    await changeInPlace({ ...change, report });
    if (!capabilities.alterProperties) return false;
    await setProperties(client, ref, markerProperties(marker));
    return true;
}
