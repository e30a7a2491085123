import { dropCollection } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { RecoveryAction } from "../../plan/recovery/action";
import { dropRetained, retain } from "../generations/retain";
import type { RecoveryWork } from "./execute";
import { mergeLateWrites } from "./mergeLateWrites";

/**
 * Ends an interrupted migration before the collection changes once more: its copy is recorded, and the old collection waits
 * for its deletion with rows that the copy may not have. It is dropped, or retained, here and now. Errors: `MV320`, `MV321`, `MV341`, `MV342`.
 */
export async function finishMigration(
    { old, successor, outcome }: Extract<RecoveryAction, { kind: "finish-migration" }>,
    work: RecoveryWork,
): Promise<void> {
    const { client } = work;
    const merged = await mergeLateWrites({ kind: "merge-late-writes", old, successor }, work);
    const observed = await observeCollection(client, old.ref);
    if (!merged?.isActive || !observed) return;
    if (outcome === "retain") await retain(work, observed, successor.ref);
    else {
        await dropRetained(work, observed);
        await dropCollection(client, old.ref);
    }
    await merged.dropped();
}
