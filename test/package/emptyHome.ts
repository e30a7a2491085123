import { join } from "node:path";

/** The environment of somebody whose home is empty: Pulumi keeps its plugins and stacks there, and asks nobody for more. */
export const emptyHome = (home: string): NodeJS.ProcessEnv => ({
    ...process.env,
    HOME: home,
    PULUMI_HOME: join(home, ".pulumi"),
    PULUMI_BACKEND_URL: `file://${home}`,
    PULUMI_CONFIG_PASSPHRASE: "a test's passphrase",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
});
