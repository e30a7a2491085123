import { resolveName } from "../../milvus/collection/aliases";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { changedByCommand, markerProperties } from "../../observe/ownershipMarker";
import { property } from "../../observe/properties";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { RunError } from "../../migration/errors";
import { type Claim, readClaim, writeClaim } from "../../migration/properties/claim";
import type { Report } from "../../migration/report";
import { type Comparison, compareCollection, comparisonText } from "../context/compare";
import type { Server } from "../context/context";
import { undeclaredFields } from "../context/resourceState";
import { parseOwner } from "../session/owner";
import type { Props } from "../session/props";

export interface Adopted {
    /** Whether the server could be told whose the collection is now. */
    isMarked: boolean;
    /** The arguments that differ, as the server has them: they are what is deployed. */
    recorded: Props;
}

/** Takes over a collection that is there already, as it is; undefined where there is nothing to adopt. */
export async function adopt(
    at: Server,
    ref: CollectionRef,
    spec: Collection,
    marker: OwnershipMarker,
    /** `run` tells this run from the one that made a claim, `told` what its check has printed: see `toldKey`. */
    { report, run, told }: { report: Report; run: string; told: ReadonlySet<string> },
): Promise<Adopted | undefined> {
    const { client, capabilities } = at;
    const source = await adoptable(client, ref);
    if (!source) return undefined;
    const claim = { owner: marker.owner, run };
    const standing = await whose(at, source, ref, claim);
    if (standing === "foreign") {
        if (capabilities.alterProperties) await writeClaim(client, ref, claim);
        throw ofAnother(at, source, capabilities.alterProperties);
    }
    const isTakenOver = standing === "claimed";
    const comparison = compareCollection(spec, source, capabilities);
    adoptionText(comparison, ref.name)
        .filter((line) => !told.has(toldKey(marker.owner, line)))
        .forEach((line) => report.say(line));
    if (capabilities.alterProperties)
        await setProperties(client, ref, {
            ...markerProperties(marker),
            ...(isTakenOver && { [property.claim]: "" }),
        });
    if (isTakenOver) report.say(takenOver(ref.name, source.marker!.owner));
    return {
        isMarked: capabilities.alterProperties,
        recorded: { ...comparison.recorded, ...undeclaredFields(comparison) },
    };
}

/** A line about an adoption is worth one line a run: a check prints it, and the creation does where no check could. */
export const toldKey = (owner: string, line: string): string => `${owner}: ${line}`;

/** The collection of this name; undefined where there is nothing to adopt. */
export async function adoptable(
    client: Server["client"],
    ref: CollectionRef,
): Promise<ObservedCollection | undefined> {
    if ((await resolveName(client, ref)).kind !== "collection") return undefined;
    return observeCollection(client, ref);
}

/** The lines about an adoption: the first preview cannot plan one, so the adoption changes nothing, and the next preview shows it. */
export function adoptionText(comparison: Comparison, name: string): string[] {
    const { differences, kept } = comparison;
    if (differences.length + kept.length === 0) return [];
    const lead =
        differences.length === 0
            ? []
            : [
                  `warning: ${name} is adopted as it is, and differs from the program. Nothing is changed: the next \`pulumi preview\` shows what the program would change, and the next \`pulumi up\` changes it [MV303]`,
              ];
    return [...lead, ...comparisonText(comparison)];
}

/**
 * Whose a collection is that is to be adopted. One of another stack is adopted in two runs: the first one announces it on the
 * collection, and each run of the owner that asks the server about the collection withdraws that; nobody withdraws it for a
 * stack that has given the collection up. Milvus cannot tell whether a state still has it.
 */
export async function whose(
    { client, capabilities }: Server,
    { marker }: ObservedCollection,
    ref: CollectionRef,
    claim: Claim,
): Promise<"own" | "claimed" | "foreign"> {
    if (!marker || marker.owner === claim.owner || changedByCommand(marker.owner) !== undefined) return "own";
    const former = capabilities.alterProperties ? await readClaim(client, ref) : undefined;
    return former?.owner === claim.owner && former.run !== claim.run ? "claimed" : "foreign";
}

/** The refusal to adopt a collection of another stack: `MV333`. */
export function ofAnother(
    { capabilities }: Server,
    { marker, name }: ObservedCollection,
    isAnnounced: boolean,
): RunError {
    const stack = parseOwner(marker!.owner).stack;
    return new RunError(
        "MV333",
        `name: the collection ${name} belongs to ${marker!.owner}. If another stack is to have it, remove it from ${stack} (\`pulumi state delete\` there)` +
            (capabilities.alterProperties
                ? (isAnnounced
                      ? ", then run `pulumi up` here again: this run has announced that on the collection, and the next one takes it over. "
                      : ", then run `pulumi up` here twice: the first run announces that on the collection, and the next one takes it over. ") +
                  `A run of ${stack} that still has it withdraws the announcement`
                : ". This server stores no properties, so its owner cannot change: choose another name, or copy the rows with a Milvus client"),
    );
}

const takenOver = (name: string, from: string): string =>
    `${name} is taken over from ${from}; a state that still has it treats it as gone`;
