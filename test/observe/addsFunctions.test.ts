import { expect } from "chai";

import { addsFunctions } from "../../provider/observe/addsFunctions";
import { observeCollection } from "../../provider/observe/collection";
import { create, open, ref, serve } from "../fake/open";

describe("the probe for functions in place (fake)", () => {
    for (const [storageV3, able] of [
        [false, false],
        [true, true],
    ] as const)
        it(`answers ${able} with Storage V3 ${storageV3 ? "on" : "off"}, and changes nothing`, async () => {
            const { client, fake } = await open("3.0.0", { storageV3 });
            await create(client, "docs");
            await serve(client, "docs");
            const before = await observeCollection(client, ref("docs"));
            expect(await addsFunctions(client, ref("docs"))).to.equal(able);
            expect(await observeCollection(client, ref("docs"))).to.deep.equal(before);
            fake.calls.length = 0;
            expect(await addsFunctions(client, ref("docs"))).to.equal(able);
            expect(fake.calls, "it is asked once").to.deep.equal([]);
        });

    it("answers no where the server does not know the call", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        expect(await addsFunctions(client, ref("docs"))).to.equal(false);
    });
});
