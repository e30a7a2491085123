import type { ChangeOf } from "../diff/change";
import { finding } from "../finding/finding";
import { renameBugs } from "../mapping/serverBugs";
import type { PlanContext } from "./planContext";
import { inPlace, migrate, type Strategy } from "./strategy";

/**
 * A name changes in place by RenameCollection, and no row moves. Milvus 2.5.14 loses metadata of a renamed collection
 * (milvus-io/milvus 43407), and from 2.4 on no collection is renamed that has other aliases (measured on the sources of
 * 2.4.14; 2.3.5 and milvus-lite 3.2.2 rename it).
 */
export function rename({ to }: ChangeOf<"alter-name">, { server, source, target }: PlanContext): Strategy {
    // An interrupted run has renamed it.
    if (source.name === to) return inPlace();
    const others = source.aliases.filter((alias) => alias !== to);
    const since24 = !server.lite && (server.version?.[0] ?? 0) * 100 + (server.version?.[1] ?? 0) >= 204;
    if (!server.rename) return migrate("name", `${server.server} cannot rename a collection`);
    if (server.version?.join(".") === "2.5.14" && !server.lite)
        return migrate("name", `${server.server} can lose a collection that it renames`);
    if (since24 && others.length > 0)
        return migrate(
            "name",
            `${server.server} cannot rename a collection that has aliases (${others.join(", ")})`,
        );
    const former = source.aliases.find((alias) => alias === to);
    const gap = server.lite ? "until it is renamed and loaded again" : "for a moment";
    const message =
        former === undefined
            ? `Clients that use ${source.name} fail from the rename on, unless this run creates an Alias of that name: then they fail until it is created.`
            : `The alias ${to} becomes the collection's own name. Clients that use it fail ${gap}.`;
    return {
        via: "update",
        updates: [{ kind: "rename", to, load: target.load }],
        findings: [finding("MV198", "name", message), ...renameBugs(server, target)],
    };
}

/** Findings of a migration to another name: what the same run cannot do with the former name or an alias of the new one. */
export function renamesWithMigration(
    target: PlanContext["target"],
    deployedName: string | undefined,
    { name, aliases }: PlanContext["source"],
) {
    const fix = "Change the name in one `pulumi up`, and the rest in the next one.";
    if (target.name !== undefined && aliases.includes(target.name)) {
        const message = `${target.name} is an alias of ${name}, which serves during the migration.`;
        return [finding("MV199", "name", message, fix)];
    }
    if (deployedName === undefined || target.name === deployedName) return [];
    const message = `The old collection has the name ${deployedName} until the end of the run, so that an Alias of that name cannot be created in it.`;
    return [finding("MV197", "name", message, fix)];
}
