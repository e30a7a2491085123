import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Environment by which each provider of a stack leaves its process id in a folder: see announce.mjs. */
export function announcing(folder: string | undefined): Record<string, string> {
    if (folder === undefined) return {};
    return {
        NODE_OPTIONS: `--import=${pathToFileURL(join(__dirname, "announce.mjs")).href}`,
        PULUMI_MILVUS_ANNOUNCE: folder,
    };
}
