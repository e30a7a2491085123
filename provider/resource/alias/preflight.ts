import { unknownValue } from "../../inputs/argumentScan";
import { resolveName } from "../../milvus/collection/aliases";
import type { Context } from "../context/context";
import { isObstacle, type Obstacle, obstaclesOf, reach } from "../preflight/obstacles";
import { hiddenInputs } from "../context/resourceState";
import type { Props } from "../session/props";
import { nameTaken } from "./create";
import { requireAliases } from "./require";

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
            // It is told at `pulumi up` whether the alias points at the collection already.
            const isUncertain = conflict?.code === "MV310" && alias.collection === unknownValue;
            if (conflict && !isUncertain) throw conflict;
        },
    ]);
}
