import type { Collection, Field } from "../../inputs/schema/collection";
import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/**
 * Findings for analyzers of the target that the server does not build as the program declares them. Only those that a
 * BM25 function reads are looked at: milvus-lite builds no other.
 */
export function analyzerLimits({ fields, functions }: Collection, capabilities: Capabilities): Finding[] {
    const { analyzers, server } = capabilities;
    if (analyzers === undefined) return [];
    const read = new Set(
        functions.flatMap(({ type, inputFieldNames }) => (type === "BM25" ? inputFieldNames : [])),
    );
    return fields.flatMap(({ name, analyzerParams }, index): Finding[] => {
        if (!read.has(name)) return [];
        const path = `fields[${index}].analyzerParams`;
        const { tokenizer, filters } = partsOf(analyzerParams);
        if (tokenizer !== undefined && !analyzers.tokenizers.includes(tokenizer)) {
            const message = `${server} does not have the analyzer ${tokenizer} of ${name}.`;
            const instead = analyzers.tokenizers.map((known) => JSON.stringify(known)).join(" or ");
            return [finding("MV584", path, message, `Write tokenizer: ${instead}, or use Milvus.`)];
        }
        const ignored = filters.filter((filter) => !analyzers.filters.includes(filter));
        if (ignored.length === 0) return [];
        const message = `${server} analyzes ${name} without the filter ${ignored.join(", ")}: searches by words find other rows than on Milvus.`;
        return [finding("MV585", path, message, "Omit the filter, or use Milvus.")];
    });
}

/** The names in the parameters of an analyzer: `type` is one that is built in, with a tokenizer of that name. */
function partsOf(params: Field["analyzerParams"]): { tokenizer: string | undefined; filters: string[] } {
    const { tokenizer, type, filter } = (params ?? {}) as Record<string, unknown>;
    const filters = Array.isArray(filter) ? (filter as unknown[]) : [];
    return {
        tokenizer: nameOf(tokenizer) ?? nameOf(type),
        filters: filters.map(nameOf).filter((name) => name !== undefined),
    };
}

/** Of a tokenizer or a filter, which is a name or an object with its `type`. */
function nameOf(part: unknown): string | undefined {
    if (typeof part === "string") return part;
    if (typeof part !== "object" || part === null) return undefined;
    return nameOf((part as { type?: unknown }).type);
}
