import "./stryker.mocha.cjs";

/** Mutation tests: what no test without a server notices is a line that may break unseen (docs/mutation.md). */
export default {
    plugins: ["@stryker-mutator/mocha-runner", "./stryker.messages.mjs"],
    ignorers: ["messages"],
    testRunner: "mocha",
    testRunnerNodeArgs: ["--require", "./stryker.mocha.cjs"],
    mochaOptions: {
        spec: ["plan", "migration", "resource", "observe", "fake"].map((room) => `test/${room}/**/*.test.ts`),
        // Their programs run what is built, without mutants.
        ignore: ["test/fake/migration.test.ts", "test/fake/properties.test.ts"],
    },
    coverageAnalysis: "perTest",
    mutate: [
        "provider/plan/**/*.ts",
        "provider/migration/{cutover,catchup,copy}/**/*.ts",
        "provider/resource/recovery/**/*.ts",
    ],
    // A mutant of module code would need a process of its own for each.
    ignoreStatic: true,
    ignorePatterns: [".cache", "bench", "dist", "examples"],
    concurrency: 2,
    incremental: true,
    incrementalFile: ".cache/mutation/incremental.json",
    tempDirName: ".cache/mutation/sandbox",
    reporters: ["clear-text", "html", "json"],
    htmlReporter: { fileName: ".cache/mutation/report.html" },
    jsonReporter: { fileName: ".cache/mutation/report.json" },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    dryRunTimeoutMinutes: 30,
    // A loop that a mutant makes endless ends after this, beside half the time that its tests take.
    timeoutMS: 10_000,
};
