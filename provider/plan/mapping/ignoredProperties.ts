import type { Capabilities } from "../../observe/state";
import { finding, type Finding } from "../finding/finding";

type Version = readonly [number, number, number];

/**
 * Properties by the first release that honours them: an older one stores each as any key, and does nothing with it. Sources: the
 * pull requests of milvus-io/milvus, the release notes, and the pages of the Milvus docs.
 */
const since: readonly { key: RegExp; version: Version; does: string }[] = [
    // PR 34613, which was merged into the line 2.4 after 2.4.6 (issue 34332).
    { key: /^partitionkey\.isolation$/, version: [2, 4, 7], does: "builds no index for each partition key" },
    // PR 34561 reads them at the creation, PR 44430 after a change of them (release notes 2.6.3).
    {
        key: /^collection\.(replica\.number|resource_groups)$/,
        version: [2, 6, 3],
        does: "loads by the argument load alone",
    },
    // Release notes 2.6.3 (PR 44424, PR 44530).
    { key: /^allow_insert_auto_id$/, version: [2, 6, 3], does: "makes all keys of an autoId field itself" },
    // Milvus docs, "TIMESTAMPTZ Field" (2.6.6).
    { key: /^timezone$/, version: [2, 6, 6], does: "has no time zones" },
    // Milvus docs, "Modify Collection" (2.6.6).
    { key: /^dynamicfield\.enabled$/, version: [2, 6, 6], does: "leaves the dynamic field as it is" },
    // PR 47343 (release notes 2.6.11).
    { key: /^warmup\./, version: [2, 6, 11], does: "warms up as its configuration says" },
    // Release notes 2.6.14.
    { key: /^query_mode$/, version: [2, 6, 14], does: "limits a query as its configuration says" },
    // PR 46342 (3.0); PR 48076, which was to bring it to 2.6, was closed.
    { key: /^ttl_field$/, version: [3, 0, 0], does: "removes no expired rows" },
];

/** Warns of properties that the server would store and ignore. */
export function ignoredProperties(
    properties: Readonly<Record<string, string>>,
    { lite, version, server }: Capabilities,
): Finding[] {
    if (lite || version === undefined) return [];
    return Object.keys(properties).flatMap((key) => {
        const entry = since.find((one) => one.key.test(key));
        if (!entry || !isBefore(version, entry.version)) return [];
        const first = entry.version[2] === 0 ? entry.version.slice(0, 2).join(".") : entry.version.join(".");
        const message = `${server} stores ${key} and ignores it: it ${entry.does}.`;
        return [finding("MV184", "properties", message, `Omit it, or use Milvus ${first} or later.`)];
    });
}

/** A hosted Milvus reports only its line: it counts as patch 0, and its patch is unknown. */
function isBefore([major, minor, patch]: Version, [a, b, c]: Version): boolean {
    if (major !== a) return major < a;
    if (minor !== b) return minor < b;
    return patch > 0 && patch < c;
}
