import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives each test of a suite a temporary folder (`TMPDIR`) of its own, and the run's one back: this is set after the files of
 * the tests are read.
 */
export function useTemporaryFolder(): () => string {
    let folder: string;
    let before: string | undefined;
    beforeEach(async () => {
        before = process.env["TMPDIR"];
        folder = await mkdtemp(join(tmpdir(), "temporary-"));
        process.env["TMPDIR"] = folder;
    });
    afterEach(async () => {
        if (before === undefined) delete process.env["TMPDIR"];
        else process.env["TMPDIR"] = before;
        await rm(folder, { recursive: true, force: true });
    });
    return () => folder;
}
