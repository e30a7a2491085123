import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** npm cannot reach its registry: what needs it is skipped, as a server that is missing is. */
export class NoRegistry extends Error {}

/**
 * Runs npm in a folder.
 * @throws NoRegistry, or an Error with all that npm said.
 */
export async function npm(folder: string, ...args: string[]): Promise<void> {
    try {
        await run(folder, args);
    } catch (error) {
        const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
        const said = `npm ${args.join(" ")}: ${stderr}${stdout}`;
        // Its own words are no help: what it cannot fetch looks to it like versions that do not fit.
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

/** Without what an `npm run` around this one tells about its own package. */
function ownEnvironment(): NodeJS.ProcessEnv {
    const foreign = /^npm_(package|lifecycle)_|^npm_config_local_prefix$|^INIT_CWD$/;
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
