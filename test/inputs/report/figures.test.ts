import { expect } from "chai";

import { bytesText, rowsText, timeText, valueText } from "../../../provider/inputs/report/figures";

describe("a figure of a plan", () => {
    // Functions, so that the code under test runs inside of a test.
    const figures: [string, () => string, string][] = [
        ["all rows", () => rowsText(undefined), "all rows"],
        ["no row", () => rowsText(0), "0 rows"],
        ["a row", () => rowsText(1), "1 row"],
        ["rows", () => rowsText(10_000), "10,000 rows"],
        ["no byte", () => bytesText(0), "0 B"],
        ["a byte", () => bytesText(1), "1 B"],
        ["bytes", () => bytesText(999), "999 B"],
        ["a kilobyte", () => bytesText(1000), "1.0 kB"],
        ["kilobytes", () => bytesText(12_345), "12 kB"],
        ["megabytes", () => bytesText(12_345_678), "12 MB"],
        ["ten kilobytes", () => bytesText(10_000), "10 kB"],
        ["a gigabyte", () => bytesText(1_234_567_890), "1.2 GB"],
        ["terabytes", () => bytesText(5e12), "5.0 TB"],
        ["thousands of terabytes", () => bytesText(5e15), "5,000 TB"],
        ["a moment", () => timeText(0.2), "1 s"],
        ["seconds", () => timeText(8.4), "8 s"],
        ["the last seconds", () => timeText(89), "89 s"],
        ["the first minutes", () => timeText(90), "2 min"],
        ["minutes", () => timeText(600), "10 min"],
        ["the last minutes", () => timeText(5399), "90 min"],
        ["the first hours", () => timeText(5400), "1.5 h"],
        ["hours", () => timeText(9000), "2.5 h"],
        ["ten hours", () => timeText(36_000), "10 h"],
        ["thousands of hours", () => timeText(36_000_000), "10,000 h"],
        ["no value", () => valueText(undefined), "none"],
        ["a value", () => valueText({ a: 1 }), '{"a":1}'],
        ["a value of 40 characters", () => valueText("x".repeat(38)), `"${"x".repeat(38)}"`],
        ["a longer value", () => valueText("x".repeat(39)), `"${"x".repeat(36)}...`],
    ];
    for (const [what, text, expected] of figures)
        it(`is written for ${what}`, () => {
            expect(text()).to.equal(expected);
        });
});
