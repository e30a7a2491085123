import { RunError } from "../errors";

/** Turns an error of the disk into a message. Errors: `MV319`. */
export async function withDiskErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof RunError) throw error;
        const { code, message } = error as NodeJS.ErrnoException;
        const what = code === "ENOSPC" || code === "EDQUOT" ? "no space is left on the disk" : message;
        throw new RunError(
            "MV319",
            `${path}: the row hashes cannot be stored: ${what}. Nothing was dropped. Free some space, or set TMPDIR to a larger folder, and run \`pulumi up\` again`,
        );
    }
}
