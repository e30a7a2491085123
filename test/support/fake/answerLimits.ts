import type { Call } from "./call";
import { demand } from "./refusal";
import { rules } from "./rules";

/**
 * The number of rows that a query may ask for: `proxy.maxQueryResultWindow`, 16,384 by default. Source: validateLimit in
 * internal/proxy/util.go.
 */
export function checkWindow(asked: number, { mostRows }: Call): void {
    demand(
        asked > 0 && asked <= mostRows,
        "unexpected",
        `invalid max query result window, (offset+limit) should be in range [1, ${mostRows}], but got ${asked}`,
    );
}

/**
 * The size of a result: `quotaAndLimits.limits.maxOutputSize`, 100 MiB by default. The check comes before that of the
 * message. Source: internal/querynodev2/segments/result.go and internal/proxy/task_query.go (2.4 to 3.0).
 */
export function checkSize(bytes: number, { mostBytes, version }: Call): void {
    if (bytes <= mostBytes) return;
    if (rules.sizeRefusedAsParameter(version))
        demand(false, "invalid", `Query result exceeds the byte-size limit: ${bytes} > ${mostBytes}`);
    demand(false, "unexpected", `query results exceed the maxOutputSize Limit ${mostBytes}`);
}
