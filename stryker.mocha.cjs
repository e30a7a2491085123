const { mkdirSync, mkdtempSync, rmSync } = require("node:fs");
const { _extensions: extensions } = require("node:module");
const { resolve } = require("node:path");

const { configureGlobal } = require("fast-check");

// Stryker's runner asks for files of mocha without their ending, which is .cjs since mocha 12.
extensions[".cjs"] ??= extensions[".js"];

// A random test tries the same values for each mutant that it meets. No one reads the smallest values that notice it.
configureGlobal({ seed: 20, endOnFailure: true });

// Two processes run the same tests at once, and the baseline of a migration has a fixed place in the temporary folder.
if (process.env.STRYKER_MUTATOR_WORKER !== undefined) {
    const folder = resolve(".cache", "mutation");
    mkdirSync(folder, { recursive: true });
    const temporary = mkdtempSync(resolve(folder, "temporary-"));
    process.env.TMPDIR = temporary;
    process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));
}
