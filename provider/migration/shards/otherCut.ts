import { RunError } from "../errors";

/** The error where progress on a copy belongs to another cut than the one that stands on it: `MV383`. */
export const otherCut = (name: string, what: string): RunError =>
    new RunError(
        "MV383",
        `${name}: the progress of ${what} belongs to another cut. Nothing was switched. Drop the copy with \`pulumi-milvus abort\`, and begin the migration again`,
    );
