import type { MilvusClient } from "../transport/client";
import { isConnectionTrouble } from "../transport/errors";

/** A node of the answer to a `system_info` request, as far as it is read here. */
interface Node {
    infos?: { type?: string; system_info?: { deploy_mode?: string } };
}

/**
 * Whether Milvus runs as one process, with one proxy. The proxy that is asked tells it of itself. False where the server does
 * not say so, or the user may not ask. Source: getSystemInfoMetrics in internal/proxy/metrics_info.go, DeployModeEnvKey in
 * cmd/roles/roles.go; measured on 2.3.5.
 */
export async function isStandalone(client: MilvusClient): Promise<boolean> {
    try {
        const answer = await client.call("GetMetrics", {
            request: JSON.stringify({ metric_type: "system_info" }),
        });
        const { nodes_info: nodes = [] } = JSON.parse(answer.response as string) as { nodes_info?: Node[] };
        return nodes.some(
            ({ infos }) => infos?.type === "proxy" && infos.system_info?.deploy_mode === "STANDALONE",
        );
    } catch (error) {
        if (isConnectionTrouble(error)) throw error;
        return false;
    }
}
