/* eslint-disable @typescript-eslint/no-dynamic-delete -- the cache of modules is a table by file name */
// A Node process that has the SDK in memory and runs one program or provider after the other, each as if it were new:
// in the program's folder, with modules of its own but for those of this checkout's node_modules and those of the provider
// that have no state.
const { createRequire } = require("node:module");
const { realpathSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve, sep } = require("node:path");

const checkout = resolve(__dirname, "../../../..");
/** The run's copy of the package: see program.ts. */
const provider =
    join(realpathSync(tmpdir()), "pulumi-milvus-installed/node_modules/pulumi-milvus/dist/provider") + sep;
/** It holds what belongs to one process. The other modules have no state: the linter sees to that. */
const entry = provider + "pulumi.js";
/** Modules that stay: those of the checkout's packages, the plugin, and the provider. */
const shared = [join(checkout, "node_modules") + sep, join(checkout, "dist") + sep, provider];
const home = process.cwd();
const environment = { ...process.env };
const title = process.title;
let announced;
const handlers = ["uncaughtException", "unhandledRejection", "exit"];

process.on("message", (order) => {
    if (order.kind === "reset") return reset();
    process.chdir(order.dir);
    Object.assign(process.env, order.env);
    const load = createRequire(join(order.dir, "package.json"));
    if (order.kind === "provider") serveProvider(order);
    else void runProgram(load, order).then(end);
});

// Whoever started it is gone.
process.on("disconnect", () => process.exit(1));

/** The SDK's own server of dynamic providers, or our plugin: it serves as soon as it is loaded, and prints its port. */
function serveProvider({ script, args, announce }) {
    if (announce) announceIn(announce);
    delete require.cache[script];
    process.argv = [process.execPath, script, ...args];
    require(script);
}

/** As announce.mjs does for processes of their own, which go by what they run. */
function announceIn(folder) {
    process.title = "node provider-of-a-test";
    announced = join(folder, String(process.pid));
    writeFileSync(announced, "{}");
}

/** By the runner that the Automation API has for programs in the same process. */
function runProgram(load, { run }) {
    const { LanguageServer } = load("@pulumi/pulumi/automation/server");
    const { RunRequest } = load("@pulumi/pulumi/proto/language_pb");
    const request = new RunRequest()
        .setProject(run.project)
        .setStack(run.stack)
        .setOrganization(run.organization)
        .setParallel(run.parallel)
        .setMonitorAddress(run.address)
        .setDryrun(run.dryRun)
        .setArgsList([run.address])
        .setConfigsecretkeysList(run.secretKeys);
    for (const [key, value] of Object.entries(run.config)) request.getConfigMap().set(key, value);
    const server = new LanguageServer(() => load("./index.js"));
    // What went wrong has been told to the engine.
    return new Promise((done) => server.run({ request }, (error) => done(error ? 32 : 0)));
}

const isKept = (file) => file !== entry && shared.some((folder) => file.startsWith(folder));

function reset() {
    for (const name of handlers) process.removeAllListeners(name);
    for (const file of Object.keys(require.cache))
        if (file !== __filename && !isKept(file)) delete require.cache[file];
    process.chdir(home);
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    // What it runs next is another's.
    process.title = title;
    if (announced) rmSync(announced, { force: true });
    announced = undefined;
    end(0);
}

/** By the streams themselves, so that it comes behind all that was printed. */
function end(code) {
    process.stdout.write(`\u0004${code}\n`);
    process.stderr.write(`\u0004${code}\n`);
}
