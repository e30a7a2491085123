import type { MilvusClient } from "../milvus/client";
import { isMilvusError } from "../milvus/errors";
import type { Message } from "../milvus/protocol";
import type { Capabilities } from "./state";

const known = new WeakMap<MilvusClient, Promise<Capabilities>>();

/** Observed once a connection. */
export function capabilities(client: MilvusClient): Promise<Capabilities> {
    let observed = known.get(client);
    if (!observed) {
        observed = observe(client);
        known.set(client, observed);
        observed.catch(() => known.delete(client));
    }
    return observed;
}

/** No collection has this name; a server that knows a call refuses it by name, one that does not says so. */
const NOBODY = "pulumi_milvus_probe";

async function observe(client: MilvusClient): Promise<Capabilities> {
    const [text, aliases, rename, partitions, databases, alterProperties] = await Promise.all([
        client.call("GetVersion", {}).then(
            (answer) => answer.version as string,
            (error: unknown) => {
                if (isMilvusError(error, "unsupported")) return undefined;
                throw error;
            },
        ),
        knows(client, "DescribeAlias", { alias: NOBODY }),
        knows(client, "RenameCollection", { oldName: NOBODY, newName: `${NOBODY}_2` }),
        knows(client, "ShowPartitions", { collection_name: NOBODY }),
        knows(client, "ListDatabases", {}),
        knows(client, "AlterCollection", {
            collection_name: NOBODY,
            properties: [{ key: "pulumi.probe", value: "1" }],
        }),
    ]);
    const lite = text === undefined || /lite/i.test(text.replace(/^v2\.3\.\d+-lite$/, ""));
    const version = parse(text);
    const since = (...wanted: [number, number, number]): boolean =>
        version !== undefined && compare(version, wanted) >= 0;
    return {
        server:
            text === undefined
                ? "milvus-lite before 3"
                : `${lite ? "milvus-lite" : "milvus"} ${version?.join(".") ?? text}`,
        lite,
        version,
        aliases,
        rename,
        partitions,
        databases,
        alterProperties,
        deleteProperties: since(2, 5, 0),
        alterDescription: !lite && since(2, 5, 12),
        keepsDescription: !lite || text === undefined,
        nullable: since(2, 5, 0),
        insertAutoId: lite ? since(3, 0, 0) : since(2, 6, 3),
    };
}

async function knows(client: MilvusClient, method: string, request: Message): Promise<boolean> {
    try {
        await client.call(method, request);
        return true;
    } catch (error) {
        if (isMilvusError(error, "unsupported")) return false;
        // A refusal of what does not exist, or of what this user may not do, comes from a server that knows the call.
        if (isMilvusError(error, "not-found", "invalid", "rejected", "forbidden", "exists")) return true;
        throw error;
    }
}

/**
 * `v2.3.5-lite` is Milvus 2.3.5 as it installs from PyPI, `milvus_lite-3.2.2` the embedded engine. A hosted Milvus may
 * tell no more than `... Compatible with Milvus 2.6`: then the first release of that line is taken, which can the least.
 */
function parse(text: string | undefined): [number, number, number] | undefined {
    const parts = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? "");
    return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)] : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
    const difference = a.map((part, place) => part - b[place]!).find((part) => part !== 0);
    return difference ?? 0;
}
