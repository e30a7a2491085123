import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** npm cannot reach its registry: the tests that need it are skipped, as for a missing server. */
export class NoRegistry extends Error {}

/**
 * Runs npm in a folder.
 * @throws NoRegistry, or an Error with npm's output.
 */
export async function npm(folder: string, ...args: string[]): Promise<void> {
    try {
        await run(folder, args);
    } catch (error) {
        const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
        const said = `npm ${args.join(" ")}: ${stderr}${stdout}`;
        // npm's message does not help: it reports packages that it cannot fetch as versions that do not match.
        throw (await registryAnswers(folder)) ? new Error(said) : new NoRegistry(said);
    }
}

function registryAnswers(folder: string): Promise<boolean> {
    return run(folder, ["view", "@pulumi/pulumi", "version", "--prefer-online"]).then(
        () => true,
        () => false,
    );
}

async function run(folder: string, args: string[]): Promise<void> {
    await promisify(execFile)("npm", [...args, "--no-audit", "--no-fund", "--no-update-notifier"], {
        cwd: folder,
        env: ownEnvironment(),
        maxBuffer: 64 * 1024 * 1024,
    });
}

/** The environment without the variables that a surrounding `npm run` sets about its package. */
function ownEnvironment(): NodeJS.ProcessEnv {
    const foreign = /^npm_(package|lifecycle)_|^npm_config_local_prefix$|^INIT_CWD$/;
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
