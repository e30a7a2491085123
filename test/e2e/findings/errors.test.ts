import { expect } from "chai";

import { codes as serverCodes } from "../../../provider/milvus/transport/codes";
import { codes as runCodes } from "../../../provider/migration/errors";
import { onServers } from "../../support/servers/onServers";
import { deploy } from "./place";
import * as runs from "./runs";
import * as servers from "./servers";

const titles = new Map(
    Object.entries({ ...serverCodes, ...runCodes }).map(([code, { title }]) => [code, title] as const),
);
const all = [...Object.entries(servers.provoked), ...Object.entries(runs.provoked)];

/** That it fails, and with this code. */
async function provoke(code: string, attempt: () => Promise<unknown>): Promise<void> {
    const failure = await attempt().then(
        () => "it went well",
        (error: unknown) => (error as Error).message,
    );
    expect(failure).to.match(new RegExp(`\\[${code}\\]$`));
}

onServers("an error", { fast: "all" }, (server, name) => {
    for (const [code, how] of all)
        if ("on" in how && how.on === name)
            it(`${code}: ${titles.get(code)!}`, async function () {
                this.timeout(5 * 60_000);
                const args = "before" in how ? how.before : undefined;
                const place = await deploy(
                    server().address,
                    (args as typeof servers.collection | undefined) ?? servers.collection,
                );
                await provoke(code, () => how.call(place)).finally(() => place.close());
            });
});

describe("an error that no installable server returns", () => {
    for (const [code, how] of all)
        if ("fake" in how)
            it(`${code}: ${titles.get(code)!}, on a fake server`, () => provoke(code, how.fake));
});
