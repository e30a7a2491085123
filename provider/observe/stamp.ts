import type { Stamp } from "./state";

const PREFIX = "pulumi.";
const keys = {
    owner: `${PREFIX}owner`,
    generation: `${PREFIX}generation`,
    from: `${PREFIX}from`,
    state: `${PREFIX}state`,
};

/** The stamp as collection properties; every server keeps those that it does not know, but for milvus-lite 2.5. */
export function stampProperties(stamp: Stamp): Record<string, string> {
    return {
        [keys.owner]: stamp.owner,
        [keys.generation]: stamp.generation,
        ...(stamp.from !== undefined && { [keys.from]: stamp.from }),
        [keys.state]: stamp.state,
    };
}

/** The stamp as the end of a description: where a server keeps no properties. There it cannot be altered any more. */
export function stampDescription(description: string, stamp: Stamp): string {
    const mark = `[pulumi ${stamp.owner} ${stamp.generation}${stamp.from === undefined ? "" : ` from ${stamp.from}`}]`;
    return description === "" ? mark : `${description} ${mark}`;
}

const inDescription = /(?:^| )\[pulumi (\S+) ([0-9a-f]{7})(?: from ([0-9a-f]{7}))?\]$/;

/** Takes the stamp, and all else of ours, off what the server tells, so that the rest is the user's own. */
export function readStamp(described: { description: string; properties: Record<string, string> }): {
    stamp: Stamp | undefined;
    description: string;
    properties: Record<string, string>;
} {
    const all = Object.entries(described.properties);
    const properties = Object.fromEntries(all.filter(([key]) => !key.startsWith(PREFIX)));
    const { [keys.owner]: owner, [keys.generation]: generation, [keys.from]: from } = described.properties;
    if (owner !== undefined && generation !== undefined) {
        const stamp: Stamp = { owner, generation, from, state: stateOf(described.properties[keys.state]) };
        return { stamp, description: described.description, properties };
    }
    const marked = inDescription.exec(described.description);
    if (!marked) return { stamp: undefined, description: described.description, properties };
    return {
        stamp: { owner: marked[1]!, generation: marked[2]!, from: marked[3], state: "live" },
        description: described.description.slice(0, marked.index),
        properties,
    };
}

/** A word that this release does not know is that of a collection in service: nothing is removed by it. */
function stateOf(text: string | undefined): Stamp["state"] {
    return text === "building" || text === "previous" ? text : "live";
}
