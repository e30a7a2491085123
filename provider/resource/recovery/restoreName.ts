import type { MilvusClient } from "../../milvus/client";
import type { CollectionRef } from "../../milvus/collections";
import { observeStamp } from "../../observe/collection";
import { RunError } from "../../migration/errors";
import type { Report } from "../../migration/report";
import { restoreName } from "../../migration/cutover/restoreName";
import type { Props } from "../context/context";
import { recordedRef } from "../context/identity";

/**
 * Gives a collection its name back that a swap which was cut has taken, where no other one has got it. Another name is its
 * own affair: somebody has renamed it by hand.
 */
export async function backToName(
    client: MilvusClient,
    props: Props,
    found: CollectionRef,
    report: Report,
): Promise<CollectionRef> {
    const { name } = recordedRef(props);
    const retired = `${name}_${props.generation as string}`;
    return found.name === retired ? restoreName(client, found, name, report) : found;
}

/**
 * Errors: `MV328` where the recorded name is that of the successor by now: a run was cut behind its swap, before Pulumi
 * noted it, and the old collection must not be gone on with.
 */
export async function requireNotSwapped(
    client: MilvusClient,
    props: Props,
    found: CollectionRef,
): Promise<void> {
    const recorded = recordedRef(props);
    if (found.name === recorded.name) return;
    const { stamp } = await observeStamp(client, recorded);
    if (stamp !== undefined && stamp.from === props.generation) throw swapped(recorded.name);
}

export function swapped(name: string): RunError {
    return new RunError(
        "MV328",
        `${name}: an interrupted run has put a new collection in its place, and the state does not tell. ` +
            "Put the program back to the schema of that run and run `pulumi up`; then change it again",
    );
}
