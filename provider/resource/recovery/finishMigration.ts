import { dropCollection } from "../../milvus/access/drop";
import { observeCollection } from "../../observe/collection";
import type { RecoveryAction } from "../../plan/recovery/action";
import { dropRetained } from "../generations/dropRetained";
import { retain } from "../generations/retain";
import type { RecoveryWork } from "./execute";
import { mergeLateWrites } from "./mergeLateWrites";

/**
 * Finishes an interrupted migration before the collection changes again: its copy is recorded, and the old collection,
 * which is not dropped yet, may hold rows that the copy lacks. This drops or retains the old collection. Errors: `MV320`, `MV321`, `MV341`, `MV342`.
 */
export async function finishMigration(
    { old, successor, outcome }: Extract<RecoveryAction, { kind: "finish-migration" }>,
    work: RecoveryWork,
): Promise<void> {
    const { client } = work;
    const merged = await mergeLateWrites({ kind: "merge-late-writes", old, successor }, work);
    const observed = await observeCollection(client, old.ref);
    if (!merged?.isActive || !observed) return;
    if (outcome === "retain") await retain(work, observed, { ...old.successor!, ...successor.ref });
    else {
        await dropRetained(work, observed);
        await dropCollection(client, old.ref, work.context.print);
    }
    await merged.dropped();
}
