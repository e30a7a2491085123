import { expect } from "chai";

import { codes } from "../../../provider/plan/finding/codes";
import type { FindingCode } from "../../../provider/plan/finding/finding";
import { type FakeMilvus, startFake } from "../../support/fake";
import { onServers } from "../../support/servers/onServers";
import { deploy } from "./place";
import { type Provoked, provoked } from "./plans";

const all = Object.entries(provoked) as [FindingCode, Provoked][];

/** The finding, by a plan of the program's next version. */
async function provoke(code: FindingCode, given: Provoked, address: string): Promise<void> {
    const place = await deploy(address, given.before);
    try {
        if (given.rows) await place.insert(given.rows);
        await given.byHand?.(place);
        const { findings } = await place.plan(given.after, given.address);
        const found = findings.find((finding) => finding.code === code);
        expect(found, `${code} among ${findings.map((one) => one.code).join(", ") || "none"}`).to.exist;
        expect(found!.severity).to.equal(codes[code].severity);
    } finally {
        await place.close();
    }
}

onServers("a finding of a plan", { fast: "all" }, (server, name) => {
    for (const [code, given] of all.filter(([, { on }]) => on === name))
        it(`${code}: ${codes[code].title}`, async function () {
            this.timeout(5 * 60_000);
            await provoke(code, given, server().address);
        });
});

describe("a finding that no installable server provokes", () => {
    let fake: FakeMilvus | undefined;
    afterEach(() => fake?.stop());

    for (const [code, given] of all.filter(([, { on }]) => typeof on !== "string"))
        it(`${code}: ${codes[code].title}, on a fake server`, async () => {
            const { fake: version, ...options } = given.on as Exclude<Provoked["on"], string>;
            fake = await startFake({ version, ...options });
            await provoke(code, given, fake.address);
        });
});
