import type { Result } from "../stack";
import { remove } from "./removal";
import { inSession, type Setting } from "./session";

/** Deletes all there is, without the program. */
export function destroy(setting: Setting): Promise<Result> {
    return inSession(setting, async (session) => {
        const { report, providers } = session;
        const { vault } = setting;
        let resources = vault.load();
        let ok = true;
        await remove(resources, {
            dryRun: false,
            report,
            providers,
            forget: (gone) => {
                resources = resources.filter((resource) => resource !== gone);
                vault.save(resources);
            },
            fail: (error, urn) => {
                ok = false;
                report.tell("error", error.message, urn);
            },
        });
        return ok;
    });
}
