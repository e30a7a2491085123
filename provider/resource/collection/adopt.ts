import { resolveName } from "../../milvus/collection/aliases";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import { property } from "../../observe/properties";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import { planCollection } from "../../plan/plan";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";
import { type Claim, readClaim, writeClaim } from "../../migration/properties/claim";
import type { Report } from "../../migration/report";
import { changeInPlace } from "../../migration/lifecycle/changeInPlace";
import { planBlocked } from "../context/planBlocked";
import type { Server } from "../context/context";
import { asDeployed } from "../context/drift";
import { parseOwner } from "../session/owner";

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
    /** Tells this run from the one that made a claim. */
    run: string,
): Promise<boolean | undefined> {
    if ((await resolveName(client, ref)).kind !== "collection") return undefined;
    const source = await observeCollection(client, ref);
    if (!source) return undefined;
    const isTakenOver = await requireOwnOrClaimed({ client, capabilities }, source, ref, {
        owner: marker.owner,
        run,
    });
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
    await setProperties(client, ref, {
        ...markerProperties(marker),
        ...(isTakenOver && { [property.claim]: "" }),
    });
    if (isTakenOver) report.say(takenOver(ref.name, source.marker!.owner));
    return true;
}

/**
 * A collection of another stack is adopted in two runs. The first one announces it on the collection, and each run of the
 * owner that asks the server about the collection withdraws that; nobody withdraws it for a stack that has given the
 * collection up. Milvus cannot tell whether a state still has it. Errors: `MV333`.
 *
 * @returns whether the collection is taken over from another owner
 */
async function requireOwnOrClaimed(
    { client, capabilities }: Server,
    { marker, name }: ObservedCollection,
    ref: CollectionRef,
    claim: Claim,
): Promise<boolean> {
    if (!marker || marker.owner === claim.owner) return false;
    const { alterProperties } = capabilities;
    const former = alterProperties ? await readClaim(client, ref) : undefined;
    if (former?.owner === claim.owner && former.run !== claim.run) return true;
    if (alterProperties) await writeClaim(client, ref, claim);
    const stack = parseOwner(marker.owner).stack;
    throw new RunError(
        "MV333",
        `name: the collection ${name} belongs to ${marker.owner}. If another stack is to have it, remove it from ${stack} (\`pulumi state delete\` there)` +
            (alterProperties
                ? ", then run `pulumi up` here again: this run has announced that on the collection, and the next one takes it over. " +
                  `A run of ${stack} that still has it withdraws the announcement`
                : ". This server stores no properties, so its owner cannot change: choose another name, or copy the rows with a Milvus client"),
    );
}

const takenOver = (name: string, from: string): string =>
    `${name} is taken over from ${from}; a state that still has it treats it as gone`;
