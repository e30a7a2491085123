import { testEngine } from "../../../scripts/engine/small";
import { type FakeMilvus, startFake } from "../fake";
import type { Server } from "../servers";
import { openSite, type Site, type SiteOptions } from "./site";

/** A stack of the test engine on a fake server. */
export interface FakeSite {
    fake: FakeMilvus;
    site: Site;
    close(): Promise<void>;
}

export async function openFakeSite(version: string, options: SiteOptions = {}): Promise<FakeSite> {
    const fake = await startFake({ version });
    const notStopped = () => Promise.resolve();
    const server: Server = {
        name: "external",
        address: fake.address,
        token: undefined,
        features: new Set(),
        settingsFile: undefined,
        stop: notStopped,
        kill: notStopped,
        restart: notStopped,
    };
    const site = await openSite(testEngine, server, options);
    return {
        fake,
        site,
        close: async () => {
            await site.close();
            fake.stop();
        },
    };
}
