import type { OwnershipMarker } from "./state";

const PREFIX = "pulumi.";
const keys = {
    owner: `${PREFIX}owner`,
    generation: `${PREFIX}generation`,
    from: `${PREFIX}from`,
    state: `${PREFIX}state`,
};

/** The stamp as collection properties; every server keeps those that it does not know, but for milvus-lite 2.5. */
export function markerProperties(marker: OwnershipMarker): Record<string, string> {
    return {
        [keys.owner]: marker.owner,
        [keys.generation]: marker.generation,
        ...(marker.from !== undefined && { [keys.from]: marker.from }),
        [keys.state]: marker.state,
    };
}

/** The stamp as the end of a description: where a server keeps no properties. There it cannot be altered any more. */
export function markerDescription(description: string, marker: OwnershipMarker): string {
    const text = `[pulumi ${marker.owner} ${marker.generation}${marker.from === undefined ? "" : ` from ${marker.from}`}]`;
    return description === "" ? text : `${description} ${text}`;
}

const inDescription = /(?:^| )\[pulumi (\S+) ([0-9a-f]{7})(?: from ([0-9a-f]{7}))?\]$/;

/** Takes the stamp, and all else of ours, off what the server tells, so that the rest is the user's own. */
export function readMarker(described: { description: string; properties: Record<string, string> }): {
    marker: OwnershipMarker | undefined;
    description: string;
    properties: Record<string, string>;
} {
    const all = Object.entries(described.properties);
    const properties = Object.fromEntries(all.filter(([key]) => !key.startsWith(PREFIX)));
    const { [keys.owner]: owner, [keys.generation]: generation, [keys.from]: from } = described.properties;
    if (owner !== undefined && generation !== undefined) {
        const marker: OwnershipMarker = {
            owner,
            generation,
            from,
            state: stateOf(described.properties[keys.state]),
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

/** A word that this release does not know is that of a collection in service: nothing is removed by it. */
function stateOf(text: string | undefined): OwnershipMarker["state"] {
    return text === "building" || text === "previous" ? text : "live";
}
