import { unknownValue } from "../../inputs/argumentScan";
import { resolveName } from "../../milvus/collection/aliases";
import { observeCollection } from "../../observe/collection";
import type { Context, Server } from "../context/context";
import { isObstacle, type Obstacle, obstaclesOf, reach } from "../preflight/obstacles";
import { hiddenInputs } from "../context/resourceState";
import { isSameStack } from "../session/owner";
import type { Props } from "../session/props";
import { nameTaken } from "./create";
import { requireAliases } from "./require";

/**
 * Whether the alias may point at its collection already, which is known only at `pulumi up`: at one that the program adopts
 * or keeps under its name. What belongs to another stack it does not get.
 */
async function mayBeRight(
    { client }: Server,
    taken: Awaited<ReturnType<typeof resolveName>>,
    database: string | undefined,
    props: Props,
): Promise<boolean> {
    if (props.collection !== unknownValue || taken.kind !== "alias") return false;
    const target = await observeCollection(client, { database, name: taken.collection });
    const owner = target?.marker?.owner;
    return owner === undefined || isSameStack(owner, hiddenInputs(props).owner);
}

/** What would fail the creation of an alias, as far as it is known before `up`. Its collection may be created in the same run. */
export async function preflight(context: Context, props: Props): Promise<Obstacle[]> {
    const at = await reach(context, props);
    if (at === undefined) return [];
    if (isObstacle(at)) return [at];
    // Checked before: what is not known yet is text, too.
    const given = props as Record<"name" | "collection" | "database", string | undefined>;
    const alias = { name: given.name ?? hiddenInputs(props).name, collection: given.collection! };
    const { database } = given;
    const isOpen = [alias.name, database].includes(unknownValue);
    return obstaclesOf([
        () => requireAliases(at),
        async () => {
            if (isOpen || !at.capabilities.aliases) return;
            const taken = await resolveName(at.client, { database, name: alias.name });
            const conflict = nameTaken(taken, { ...alias, adopt: props.adopt === true });
            if (conflict && !(await mayBeRight(at, taken, database, props))) throw conflict;
        },
    ]);
}
