import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { artefacts } from "./artefacts";
import { check } from "./check";

const root = join(__dirname, "..", "..");

/**
 * `npm run release:dry`: everything of a release but the publishing. It checks the versions, prints the notes, packs everything
 * into release/, and installs it from there in empty homes, where programs deploy, change and destroy a collection.
 */
async function main(): Promise<void> {
    const { version, problems, notes, isReleased } = check(false);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) {
        process.exitCode = 1;
        return;
    }
    console.log(`# ${version}${isReleased ? "" : " (not released yet)"}\n\n${notes}\n`);
    await artefacts();
    const mocha = [require.resolve("mocha/bin/mocha.js"), "test/package/release.suite.ts"];
    const { status } = spawnSync(process.execPath, mocha, {
        cwd: root,
        stdio: "inherit",
        env: {
            ...process.env,
            TEST_TIER: "full",
            PULUMI_MILVUS_SERVERS: "milvus-lite-3.2.2",
            PULUMI_MILVUS_RELEASE: join(root, "release"),
        },
    });
    process.exitCode = status ?? 1;
    if (status === 0 && !isReleased)
        console.log(
            `\nThe next step is \`npm run release:prepare -- ${version}\`: see CONTRIBUTING.md, "How to release".`,
        );
}

void main();
