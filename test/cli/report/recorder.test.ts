import { expect } from "chai";

import { RunRecorder } from "../../../cli/report/recorder";
import { timelineOf } from "../../../cli/report/timeline";
import { progressPrinter } from "../../../provider/migration/progressPrinter";
import { providerOf } from "../../../provider/pulumi";
import type { Props } from "../../../provider/resource/session/props";
import { insert, open, smallest } from "../../fake/open";
import { contextOf } from "../../resource/context/contextOf";

const text = { name: "text", dataType: "VarChar", maxLength: 64 };
const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };

describe("the recorder of a run", () => {
    for (const name of [undefined, "docs"])
        it(`hears the phases of a migration in what the core says, ${name ? "by name" : "by alias"}`, async () => {
            const { fake, client } = await open("2.3.5", { pending: 0 });
            const said: string[] = [];
            const context = contextOf(fake.address, said);
            let now = 0;
            const recorder = new RunRecorder(() => (now += 10));
            const own = (line: string) => context.print(line);
            const report = (of: string) => progressPrinter(of, own);
            const provider = providerOf("Collection", recorder.listening({ ...context, report }));
            const args = {
                ...hidden,
                fields: [...smallest, text],
                migration: { grace: 0 },
                ...(name && { name }),
            };
            const { inputs } = (await provider.check({}, args)) as { inputs: Props };
            const { id, outs } = (await provider.create(inputs)) as { id: string; outs: Props };
            const values = { id: ["1", "2", "3"], text: ["a", "b", "c"] };
            await insert(client, outs.collectionName as string, { fields: args.fields as never }, values);

            recorder.begin("prepare");
            const news = { ...inputs, fields: [...smallest, { ...text, maxLength: 128 }] };
            expect((await provider.diff(id, outs, news)).replaces).to.deep.equal(["fields"]);
            await provider.create(news);
            await provider.delete(id, outs);
            recorder.ended();

            const { lanes, copied, verified, outcome } = timelineOf(recorder.events)!;
            expect(lanes.map(({ phase }) => phase)).to.include.members([
                "prepare",
                "copy",
                "index",
                "verify",
            ]);
            expect(copied.at(-1)!.rows).to.equal(3);
            expect(verified).to.have.lengthOf(1);
            expect(outcome).to.equal("done");
            const kinds = recorder.events.map(({ kind }) => kind);
            expect(kinds).to.include("dropped");
            if (name) expect(kinds).to.include("switched");
            // Who looks at the terminal sees what is seen without it.
            expect(said.join("\n")).to.match(/docs: copied 3 rows from .*docs: verified /s);
        });

    it("keeps few points of a long copy, the last of each step, and its ends", () => {
        let now = 0;
        const recorder = new RunRecorder(() => now);
        const report = recorder.report({ say: () => undefined, progress: () => undefined });
        const total = 3_600_000;
        for (now = 0; now <= total; now += 50) report.progress({ step: "copy", done: now, total });
        report.progress({ step: "verify", done: 7, total: 10 });
        const { copied, compared } = timelineOf(recorder.events)!;
        expect(copied.length).to.be.within(200, 801);
        expect(copied.at(-1)!.rows).to.equal(total);
        expect(copied[0]!.rows).to.equal(0);
        expect(compared.at(-1)!.rows).to.equal(7);
    });

    it("keeps the message of a failure", () => {
        const recorder = new RunRecorder(() => 1);
        recorder.failed(new Error("docs: cancelled [MV355]"));
        expect(recorder.events).to.deep.equal([
            { at: 1, kind: "failed", message: "docs: cancelled [MV355]" },
        ]);
    });
});
