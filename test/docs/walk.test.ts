import { onServers } from "../support/servers/onServers";
import { eachFolder } from "./walk/eachFolder";
import { walk, walkedPages } from "./walk/walk";

// `status` and the quotas of `doctor` tell what else is on a server: these pages have one of their own.
onServers("a reader of", { servers: ["milvus-lite-3.2.2"], fast: [], apart: true }, (server) => {
    const opened = eachFolder(server);

    for (const page of walkedPages())
        it(`${page} runs its commands and sees their output`, async function () {
            this.timeout(20 * 60_000);
            await walk(page, opened().folder);
        });
});
