import { expect } from "chai";

import { Screen } from "../../examples/quickstart/show/screen";
import { testIo } from "../support/cli/testIo";
import { recorded } from "../support/cli/terminal";

/** A migration of 100 rows, as the provider tells of it. */
async function shown(columns?: number, environment: Record<string, string> = {}) {
    let now = 0;
    const io = testIo({ columns, environment, now: () => now });
    const screen = new Screen(io);
    const tell = (text: string, severity: "info" | "warning" = "info", isStatus = false) =>
        screen.tell({ severity, name: "docs", text, isStatus });
    await screen.step("Version two: pulumi up", () => {
        tell("migrate 100 rows to a new collection, then cut over");
        tell("  + lang: new VarChar(8)");
        tell("fields: notes is omitted [MV101]", "warning");
        tell("docs: copied 50 of 100 rows, 25 rows/s, 2 s left", "info", true);
        now = 4_000;
        tell("docs: copied 100 of 100 rows, 25 rows/s");
        return Promise.resolve();
    });
    screen.line("done");
    return io.stdout.text;
}

describe("the show of the quickstart", () => {
    it("is plain lines in a pipe", async () => {
        const text = await shown();
        expect(text.split("\n")).to.deep.equal([
            "",
            "== Version two: pulumi up",
            "docs: migrate 100 rows to a new collection, then cut over",
            "  + lang: new VarChar(8)",
            "warning: docs: fields: notes is omitted [MV101]",
            "docs: copied 50 of 100 rows, 25 rows/s, 2 s left",
            "docs: copied 100 of 100 rows, 25 rows/s",
            "done: 4.0 s",
            "done",
            "",
        ]);
    });

    it("is a bar below the lines on a terminal, of which nothing stays", async () => {
        const text = await shown(80, { NO_COLOR: "1" });
        const bar = /^docs {2}copy {2}█+░+ {3}50 % {2}50 of 100 rows/;
        const { during, end } = recorded(text, 80, (line) => bar.test(line));
        expect(during, text).to.include("⠋ 0 s");
        expect(end).to.deep.equal([
            "",
            "Version two: pulumi up",
            "docs: migrate 100 rows to a new collection, then cut over",
            "  + lang: new VarChar(8)",
            "warning: docs: fields: notes is omitted [MV101]",
            "docs: copied 100 of 100 rows, 25 rows/s",
            "✔ 4.0 s",
            "done",
        ]);
    });

    it("has colours on a terminal, unless NO_COLOR is set", async () => {
        expect(await shown(80)).to.include("\u001b[32m  + lang");
        expect(await shown(80, { NO_COLOR: "1" })).to.not.match(/\u001b\[3/);
        expect(await shown()).to.not.include("\u001b");
    });

    it("shows nothing below the last line of a run that is stopped", async () => {
        const io = testIo({ columns: 80, environment: { NO_COLOR: "1" } });
        const screen = new Screen(io);
        await screen
            .step("Version two: pulumi up", () => {
                screen.end("Stopped.");
                screen.tell({ severity: "error", name: "", text: "update canceled", isStatus: false });
                return Promise.reject(new Error("canceled"));
            })
            .catch(() => undefined);
        expect(recorded(io.stdout.text, 80, () => false).end.slice(-2)).to.deep.equal([
            "Version two: pulumi up",
            "Stopped.",
        ]);
    });

    it("leaves the title and the lines of a step that fails", async () => {
        const io = testIo({ columns: 80 });
        const screen = new Screen(io);
        const failed = screen.step("A Milvus server", () => Promise.reject(new Error("none")));
        expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal("none");
        expect(recorded(io.stdout.text, 80, () => false).end).to.deep.equal(["", "A Milvus server"]);
    });
});
