import { spawnSync } from "node:child_process";

/** The commits from here on are held to the form of commitlint.config.mjs. */
const since = "10a382755f9b049fe7e65800b89d8a283c806a60";

const succeeds = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: "ignore" }).status === 0;

// A package without its repository, or a clone with a part of the history, has nothing to hold the form against.
if (!succeeds("git", "merge-base", "--is-ancestor", since, "HEAD"))
    console.log(`commits: skipped, ${since.slice(0, 7)} is not in the history that is here`);
else {
    const lint = [require.resolve("@commitlint/cli/cli.js"), "--from", since, "--to", "HEAD"];
    process.exitCode = spawnSync(process.execPath, lint, { stdio: "inherit" }).status ?? 1;
}
