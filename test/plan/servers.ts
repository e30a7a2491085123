import { type Calls, capabilitiesOf } from "../../provider/observe/capabilitiesOf";
import type { Capabilities } from "../../provider/observe/state";

const none: Calls = {
    aliases: false,
    rename: false,
    partitions: false,
    databases: false,
    alterProperties: false,
    addField: false,
    addStruct: false,
    alterField: false,
    alterSchema: false,
    alterIndex: false,
};
const basic: Calls = {
    ...none,
    aliases: true,
    rename: true,
    partitions: true,
    databases: true,
    alterProperties: true,
};

const since24: Calls = { ...basic, alterIndex: true };

/** The capabilities of these server versions, from their version text and the calls that each knows. */
export const servers: Record<string, Capabilities> = {
    "milvus-lite-2.5.1": capabilitiesOf(undefined, none),
    "milvus-lite-3.2.2": capabilitiesOf("milvus_lite-3.2.2", basic),
    "milvus-2.3.5": capabilitiesOf("v2.3.5-lite", basic),
    "milvus-2.4.15": capabilitiesOf("v2.4.15", since24),
    "milvus-2.5.4": capabilitiesOf("v2.5.4", { ...since24, alterField: true }),
    "milvus-2.5.16": capabilitiesOf("v2.5.16", { ...since24, alterField: true }),
    "milvus-2.6.0": capabilitiesOf("v2.6.0", { ...since24, alterField: true, addField: true }),
    "milvus-2.6.18": capabilitiesOf("v2.6.18", { ...since24, alterField: true, addField: true }),
    "milvus-3.0.0": capabilitiesOf("v3.0.0", {
        ...since24,
        alterField: true,
        addField: true,
        addStruct: true,
        alterSchema: true,
    }),
};
