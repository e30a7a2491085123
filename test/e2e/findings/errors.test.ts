import { expect } from "chai";

import { codes as serverCodes } from "../../../provider/milvus/errors";
import { codes as runCodes } from "../../../provider/step/error";
import { chosenServers, server, ServerUnavailable } from "../../support/servers";
import { deploy } from "./place";
import * as runs from "./runs";
import * as servers from "./servers";

const titles = new Map([
    ...Object.values(serverCodes).map(({ code, title }) => [code, title] as const),
    ...Object.entries(runCodes).map(([code, { title }]) => [code, title] as const),
]);
const all = [...Object.entries(servers.provoked), ...Object.entries(runs.provoked)];

/** That it fails, and with this code. */
async function provoke(code: string, attempt: () => Promise<unknown>): Promise<void> {
    const failure = await attempt().then(
        () => "it went well",
        (error: unknown) => (error as Error).message,
    );
    expect(failure).to.match(new RegExp(`\\[${code}\\]$`));
}

for (const name of chosenServers())
    describe(`an error, on ${name}`, function () {
        this.timeout(5 * 60_000);
        let address = "";
        before(async function () {
            try {
                ({ address } = await server(name));
            } catch (error) {
                if (error instanceof ServerUnavailable) return this.skip();
                throw error;
            }
        });

        for (const [code, how] of all)
            if ("on" in how && how.on === name)
                it(`${code}: ${titles.get(code)!}`, async () => {
                    const args = "before" in how ? how.before : undefined;
                    const place = await deploy(
                        address,
                        (args as typeof servers.collection | undefined) ?? servers.collection,
                    );
                    await provoke(code, () => how.call(place)).finally(() => place.close());
                });
    });

describe("an error that no server here can be brought to", () => {
    for (const [code, how] of all)
        if ("fake" in how)
            it(`${code}: ${titles.get(code)!}, on a fake server`, () => provoke(code, how.fake));
});
