import type { Engine } from "../engine/stack";
import { type FakeMilvus, startFake } from "../fake";
import type { Server } from "../servers";
import { openSite, type Site } from "./site";

/** A stack that works on a fake server. */
export interface FakeSite {
    fake: FakeMilvus;
    site: Site;
    close(): Promise<void>;
}

export async function openFakeSite(engine: Engine, version: string): Promise<FakeSite> {
    const fake = await startFake({ version });
    const notStopped = () => Promise.resolve();
    const server: Server = {
        name: "external",
        address: fake.address,
        token: undefined,
        features: new Set(),
        stop: notStopped,
        kill: notStopped,
        restart: notStopped,
    };
    const site = await openSite(engine, server);
    return {
        fake,
        site,
        close: async () => {
            await site.close();
            fake.stop();
        },
    };
}
