import { isStandalone } from "../milvus/cluster/deployMode";
import type { MilvusClient } from "../milvus/transport/client";
import type { Capabilities } from "./state";

/** Seconds that an old collection stays after the switch, where the program does not say. */
const DEFAULT_GRACE = { severalProxies: 10, oneProcess: 2 };

/**
 * The seconds that an old collection stays after the switch. A proxy may use its cache of aliases for a moment longer than
 * another; where one process is the whole server, only requests under way still use the old collection.
 *
 * @param asked `migration.grace`
 */
export async function graceOf(
    { client, capabilities }: { client: MilvusClient; capabilities: Pick<Capabilities, "lite"> },
    asked: number | undefined,
): Promise<number> {
    if (asked !== undefined) return asked;
    const isOneProcess = capabilities.lite || (await client.once("isStandalone", () => isStandalone(client)));
    return DEFAULT_GRACE[isOneProcess ? "oneProcess" : "severalProxies"];
}
