import { property } from "./properties";
import type { OwnershipMarker } from "./state";

/** How the provider's own properties begin. */
export const OWN_PREFIX = "pulumi.";

/**
 * The owner of a collection that the command `pulumi-milvus` changes, while it does so: no Pulumi project has such a name.
 * Any stack may adopt the collection.
 */
const COMMAND = "@pulumi-milvus/alter/";

/** @param name the collection or the alias that the command was told to change */
export const commandOwner = (name: string): string => `${COMMAND}${name}`;

/** What the command was told to change; undefined where a resource is the owner. */
export const changedByCommand = (owner: string): string | undefined =>
    owner.startsWith(COMMAND) ? owner.slice(COMMAND.length) : undefined;

/** The ownership marker as collection properties. Every server except milvus-lite 2.5 stores unknown properties. */
export function markerProperties(marker: OwnershipMarker): Record<string, string> {
    return {
        [property.owner]: marker.owner,
        [property.generation]: marker.generation,
        ...(marker.from !== undefined && { [property.from]: marker.from }),
        [property.state]: marker.state,
    };
}

/** The ownership marker as the end of a description, for a server that stores no properties. It cannot be changed later. */
export function markerDescription(description: string, marker: OwnershipMarker): string {
    const text = `[pulumi ${marker.owner} ${marker.generation}${marker.from === undefined ? "" : ` from ${marker.from}`}]`;
    return description === "" ? text : `${description} ${text}`;
}

const inDescription = /(?:^| )\[pulumi (\S+) ([0-9a-f]{7})(?: from ([0-9a-f]{7}))?\]$/;

/** Separates the ownership marker and the provider's properties from the user's own description and properties. */
export function readMarker(described: { description: string; properties: Record<string, string> }): {
    marker: OwnershipMarker | undefined;
    description: string;
    properties: Record<string, string>;
} {
    const all = Object.entries(described.properties);
    const properties = Object.fromEntries(all.filter(([key]) => !key.startsWith(OWN_PREFIX)));
    const {
        [property.owner]: owner,
        [property.generation]: generation,
        [property.from]: from,
    } = described.properties;
    // Empty where it was taken away on a server that cannot delete a property.
    if (owner && generation) {
        const marker: OwnershipMarker = {
            owner,
            generation,
            from: from || undefined,
            state: stateOf(described.properties[property.state]),
        };
        return { marker, description: described.description, properties };
    }
    const match = inDescription.exec(described.description);
    if (!match) return { marker: undefined, description: described.description, properties };
    return {
        marker: { owner: match[1]!, generation: match[2]!, from: match[3], state: "live" },
        description: described.description.slice(0, match.index),
        properties,
    };
}

/** An unknown state, as of a later release, counts as `live`, so that nothing is removed because of it. */
function stateOf(text: string | undefined): OwnershipMarker["state"] {
    return text === "building" || text === "previous" ? text : "live";
}
