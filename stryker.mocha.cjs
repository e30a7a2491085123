const { _extensions: extensions } = require("node:module");

const { configureGlobal } = require("fast-check");

// Stryker's runner asks for files of mocha without their ending, which is .cjs since mocha 12.
extensions[".cjs"] ??= extensions[".js"];

// A random test tries the same values for each mutant that it meets.
configureGlobal({ seed: 20 });
