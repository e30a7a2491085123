import type { Collection, Field, Index } from "../../inputs/schema/collection";
import { memoryKeys, type MemorySetting, memorySettings } from "../../inputs/schema/memory";
import type { Capabilities } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";

type Able = Pick<Capabilities, "fieldMmap" | "warmup" | "alterableIndexParams">;

const ofField = (setting: MemorySetting, { fieldMmap, warmup }: Able) =>
    setting === "mmap" ? fieldMmap : warmup;
const ofIndex = (setting: MemorySetting, { alterableIndexParams }: Able) =>
    alterableIndexParams.includes(memoryKeys[setting]);

/** The field without settings of memory that the server does not know. */
export function knownField<One extends Pick<Field, MemorySetting>>(field: One, server: Able): One {
    const unknown = memorySettings.filter((one) => !ofField(one, server)) as string[];
    return Object.fromEntries(Object.entries(field).filter(([key]) => !unknown.includes(key))) as One;
}

/** The index without parameters of memory that the server does not know. */
export function knownIndex(index: Index, server: Able): Index {
    const unknown = memorySettings.filter((one) => !ofIndex(one, server)).map((one) => memoryKeys[one]);
    const params = Object.entries(index.params).filter(([key]) => !(unknown as string[]).includes(key));
    return { ...index, params: Object.fromEntries(params) };
}

const first = {
    field: { mmap: "2.4.10", warmup: "2.6.11" },
    index: { mmap: "2.4", warmup: "2.6.11" },
} as const;

/** Warns of settings of memory that are not sent to the server, because it does not know them. milvus-lite maps nothing. */
export function ignoredMemory(
    { fields, indexes }: Pick<Collection, "fields" | "indexes">,
    capabilities: Capabilities,
): Finding[] {
    if (capabilities.lite) return [];
    return [
        ...fields.flatMap((field, place) =>
            memorySettings
                .filter((one) => field[one] !== undefined && !ofField(one, capabilities))
                .map((one) => ignored(`fields[${place}].${one}`, one, field.name, "field", capabilities)),
        ),
        ...indexes.flatMap((index) =>
            memorySettings
                .filter((one) => memoryKeys[one] in index.params && !ofIndex(one, capabilities))
                .map((one) => ignored("indexes", one, `index ${index.name}`, "index", capabilities)),
        ),
    ];
}

function ignored(
    path: string,
    setting: MemorySetting,
    of: string,
    kind: "field" | "index",
    { server }: Capabilities,
): Finding {
    const message = `${server} has no ${setting} of ${kind === "field" ? "a field" : "an index"}, and keeps ${of} as it is configured.`;
    const fix = `Omit ${setting}, or use Milvus ${first[kind][setting]} or later.`;
    return finding("MV470", path, message, fix);
}
