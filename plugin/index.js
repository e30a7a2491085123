"use strict";

// Runs the native provider of the installed package: see `bin` of its package.json.
const { dirname, join } = require("node:path");

const manifest = require.resolve("pulumi-milvus/package.json");
require(join(dirname(manifest), require(manifest).bin["pulumi-resource-milvus"]));
