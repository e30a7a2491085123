import { rowsText } from "../../inputs/report/figures";
import type { Refused } from "../../plan/recovery/action";
import { RunError } from "../../migration/errors";

/** The error of a refusal of the recovery plan: what is on the server, why nothing was done, and what to do. */
export function refusalError(refused: Refused): RunError {
    switch (refused.reason) {
        case "gone":
            return new RunError(
                "MV307",
                `${refused.name}: the collection is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
            );
        case "unlisted":
            return new RunError(
                "MV329",
                `${refused.name}: the server answers for this collection but does not list it, as after an interrupted rename; a part of its rows may be missing. ` +
                    "No changes made. Restart the server and run `pulumi up` again",
            );
        case "swapped":
            return new RunError(
                "MV328",
                `${refused.name}: an interrupted run put a new collection in its place before Pulumi recorded it. ` +
                    "Put the program back to that run's schema and run `pulumi up`; then change it again",
            );
        case "switched":
            return new RunError(
                "MV358",
                `${refused.name}: a worker has switched to ${refused.serving}, which the state does not have yet, and the program declares something else. No changes made. ` +
                    `Run \`pulumi refresh\`, which records ${refused.serving}, then \`pulumi up\``,
            );
        case "switching":
            return new RunError(
                "MV322",
                `${refused.name}: a worker is switching to ${refused.copy} at this moment. No changes made. Run \`pulumi up\` again`,
            );
        case "copy-in-service":
            return new RunError(
                "MV330",
                `${refused.name}: took over the rows of generation ${refused.generation} and serves the alias ${refused.aliases.join(", ")}, but the state does not know it. ` +
                    "Another migration would start from the older rows. No changes made. Restore the state of the run that created it (`pulumi stack import`), " +
                    "or, where its rows are not needed, point the alias back and drop it",
            );
        case "not-switched":
            return new RunError(
                "MV326",
                `${refused.name}: the run that copied it to ${refused.copy} ended before the alias ${refused.aliases.join(", ")} moved, and clients still write ` +
                    "to it. Run `pulumi up` with the program of that run until it succeeds, then with this one",
            );
        case "collection-left-out":
            return new RunError(
                "MV327",
                `alias ${refused.alias}: not moved, the run that copied ${refused.from} to ${refused.to} was interrupted, and writes made since then ` +
                    "can only be carried over when this run includes the collection. Run `pulumi up` without --target, or with both resources",
            );
        case "successor-unknown":
            return unknownRows(
                refused.name,
                refused.why === "gone"
                    ? "the collection that took over its rows is gone"
                    : "no collection took them over",
            );
        case "aliased":
            return new RunError(
                "MV304",
                `${refused.name}: not dropped, the alias ${refused.aliases.join(", ")} still points at it, and this run has not moved it. ` +
                    "If the run has --target, include the Alias or leave --target out. " +
                    "If an Alias of this program names the collection as text, write its output (docs.collectionName), so that Pulumi drops the alias first. " +
                    "If no Alias of this program has that name, point it elsewhere or drop it. Then run `pulumi up` again",
            );
        case "delete-before-replace":
            return new RunError(
                "MV306",
                `${refused.name}: deleteBeforeReplace would drop ${rowsText(refused.rows)} before they are copied. Remove that option from the resource. ` +
                    "Where the stack's pulumi:autonaming is `verbatim`, `disabled` or a pattern without random letters, Pulumi sets it: exempt this provider there with `providers: {milvus: {mode: default}}`",
            );
    }
}

export function unknownRows(name: string, why: string): RunError {
    return new RunError(
        "MV342",
        `${name}: not dropped, it is unknown whether all its rows were carried over: ${why}. ` +
            "Look at its rows, drop it by hand once nobody needs them, and run `pulumi refresh`",
    );
}
