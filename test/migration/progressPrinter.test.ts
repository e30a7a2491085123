import { expect } from "chai";

import { progressPrinter } from "../../provider/migration/progressPrinter";

describe("the progress printer", () => {
    const setUp = () => {
        const lines: string[] = [];
        let now = 0;
        const report = progressPrinter(
            "docs",
            (line) => lines.push(line),
            () => now,
        );
        const copied = (done: number, at: number) => {
            now = at;
            report.progress({ step: "copy", done, total: 10_000 });
        };
        return { lines, report, copied };
    };

    it("prints rows done of all, rows per second and time left every few seconds", () => {
        const { lines, copied } = setUp();
        copied(0, 0);
        copied(1_000, 1_000);
        copied(4_000, 4_000);
        copied(5_000, 5_000);
        copied(8_000, 8_000);
        expect(lines).to.deep.equal([
            "docs: copied 4,000 of 10,000 rows, 1,000 rows/s, 6 s left",
            "docs: copied 8,000 of 10,000 rows, 1,000 rows/s, 2 s left",
        ]);
    });

    it("prints the end of a copy at once, and raises the total with a growing source", () => {
        const { lines, copied } = setUp();
        copied(1, 0);
        copied(12_000, 2_000);
        expect(lines).to.deep.equal(["docs: copied 12,000 of 12,000 rows, 6,000 rows/s"]);
    });

    it("prints nothing for a short load or index build", () => {
        const { lines, report } = setUp();
        report.progress({ step: "load", done: 100, total: 100 });
        report.progress({ step: "index", done: 5, total: 5 });
        expect(lines).to.deep.equal([]);
    });
});
