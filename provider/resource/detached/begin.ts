import { setProperties } from "../../milvus/collection/collections";
import { createShadow } from "../../migration/createShadow";
import { requireFree } from "../../migration/lifecycle/build";
import { shadowRef } from "../../migration/migration";
import { workOrderProperty } from "../../migration/properties/workOrder";
import { rowsOf } from "../context/rowsOf";
import { type Active, prepareReplacement, type Replacement } from "../replacement/prepare";
import { keepCopy } from "../replacement/takeCopies";
import type { Props } from "../session/props";
import { type Standing, standingAt } from "./standing";

/**
 * Creates the new collection of a detached migration with its work order, or leaves it to its worker where it is there. No
 * row moves. Returns where it stands; the active collection where a worker has switched in the meantime. Errors: `MV349`.
 */
export async function beginDetached(
    asked: Replacement,
    /** The new arguments, with the hidden inputs. */
    inputs: Props,
): Promise<{ standing: Standing } | { outcome: Active }> {
    const prepared = await prepareReplacement(asked);
    if ("outcome" in prepared) return prepared;
    const { replacement, from, source, migration } = prepared;
    const { context, deployed, report } = replacement;
    const { client, capabilities } = from;
    const { switchBy } = replacement.spec.migration;
    const order = workOrderProperty(deployed.name, { deployed: deployed.props, inputs, switchBy });
    const kept = await keepCopy(prepared);
    const shadow = kept?.ref ?? shadowRef(migration);
    if (kept) await setProperties(client, shadow, order);
    else {
        if (!migration.takesName) await requireFree(client, shadow, migration.marker.owner);
        await createShadow(migration, { client, capabilities, ref: shadow }, order);
        report.say(`created ${shadow.name}; \`npx pulumi-milvus work\` copies the rows to it`);
    }
    const total = await rowsOf(client, { database: source.database || undefined, name: source.name });
    const standing = await standingAt(client, shadow, total, context.session.holder);
    // It was dropped this moment: the next run creates it again.
    if (!standing) return beginDetached(asked, inputs);
    return { standing };
}
