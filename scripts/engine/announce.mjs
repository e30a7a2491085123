// Loaded first into every Node process of a stack: the provider leaves its process id and where its engine lives, so that
// a test can end it. The product knows nothing of it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const { PULUMI_MILVUS_ANNOUNCE: folder, ...environment } = process.env;
if (folder && /[\\/](dynamic-provider([\\/]index\.js)?|native[\\/]main\.js)$/.test(process.argv[1] ?? "")) {
    const engine = Object.entries(environment).filter(([name]) => name.startsWith("PULUMI_"));
    writeFileSync(join(folder, String(process.pid)), JSON.stringify(Object.fromEntries(engine)));
}
