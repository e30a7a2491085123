import { parseOwner } from "../../provider/resource/session/owner";
import type { MigrationSeen } from "../../provider/plan/recovery/overview";
import { observeOverview } from "../../provider/resource/operate/overview";
import type { Connected } from "../connection/withServer";
import { CommandError } from "../errors";

export interface FoundMigration extends MigrationSeen {
    database: string;
}

/**
 * The migration that a name means: of its old or new collection, of an alias, or of the resource; without a name the only
 * one. Errors: `MV505`.
 */
export async function findMigration(connected: Connected, name: string | undefined): Promise<FoundMigration> {
    const { client, context } = connected;
    const seen = (await observeOverview(context, connected)).flatMap(({ database, migrations }) =>
        migrations.map((one) => ({ ...one, database })),
    );
    const meant = name === undefined ? seen : seen.filter((one) => isCalled(one, name));
    if (meant.length === 1) return meant[0]!;
    const which = meant.length === 0 ? seen : meant;
    const known = which.map(({ source, copy }) => `${source.ref.name} → ${copy.ref.name}`).join(", ");
    const what = name === undefined ? "" : ` of ${name}`;
    if (which.length === 0 || meant.length > 1)
        throw new CommandError(
            "MV505",
            which.length === 0
                ? `${client.target}: no migration is under way. No changes made. \`pulumi-milvus status\` shows what stands there`
                : `${client.target}: ${which.length} migrations${what} are under way. No changes made. Name one of them: ${known}`,
        );
    throw new CommandError(
        "MV505",
        `${client.target}: no migration${what} is under way. No changes made. There is: ${known}`,
    );
}

/** Whether a name means the migration: of its old or new collection, of an alias, or of the resource. */
export function isCalled({ owner, source, copy }: MigrationSeen, name: string): boolean {
    const names = [source.ref.name, copy.ref.name, ...source.aliases, ...copy.aliases];
    return [...names, owner, parseOwner(owner).logicalName, source.successor?.name].includes(name);
}
