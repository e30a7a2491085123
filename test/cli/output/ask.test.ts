import { expect } from "chai";

import { askBefore } from "../../../cli/output/ask";
import { Output } from "../../../cli/output/output";
import { testIo } from "../../support/cli/testIo";

const what = "drop 2 collections";

describe("a question before what cannot be undone", () => {
    const ask = async (key: string) => {
        const io = testIo({ columns: 80 });
        const asked = askBefore(io, new Output(io, "cleanup", { color: true }), what, {});
        // The prompt listens once the library is loaded.
        while (io.stdin.listenerCount("keypress") === 0) await new Promise(setImmediate);
        io.stdin.emit("keypress", key, { name: key, ctrl: false });
        const answer = await asked.then(
            () => "agreed",
            (error: unknown) => (error as Error).message,
        );
        return { answer, shown: io.stdout.text };
    };

    it("goes on after a yes", async () => {
        const { answer, shown } = await ask("y");
        expect(answer).to.equal("agreed");
        expect(shown).to.include("Drop 2 collections?");
    });

    it("stops after a no, which Enter alone means, and says so", async () => {
        expect((await ask("n")).answer).to.match(/^drop 2 collections: not agreed to.*\[MV502\]$/);
        expect((await ask("return")).answer).to.include("[MV502]");
    });

    it("does not wait for an answer where nobody can give one", async () => {
        for (const [columns, json] of [
            [undefined, false],
            [80, true],
        ] as const) {
            const io = testIo({ columns });
            const failure = await askBefore(
                io,
                new Output(io, "cleanup", { json, color: true }),
                what,
                {},
            ).catch((error: unknown) => error);
            expect(failure)
                .to.have.property("message")
                .that.matches(/--yes.*\[MV501\]$/);
        }
    });

    it("asks nothing with --yes", async () => {
        const io = testIo();
        await askBefore(io, new Output(io, "cleanup", { color: true }), what, { yes: true });
        expect(io.stdout.text).to.equal("");
    });
});
