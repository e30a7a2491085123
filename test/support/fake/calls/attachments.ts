import { type Call, collectionOf } from "../call";
import type { Named } from "../messages";

/** A snapshot is dropped with its collection. Source: milvus PR 49079 and PR 49092. */
export function createSnapshot({ name, ...request }: Named & { name: string }, call: Call): object {
    collectionOf(request, call).snapshots.push(name);
    return {};
}

export function listSnapshots(request: Named, call: Call): object {
    return { snapshots: collectionOf(request, call).snapshots };
}

export function createRowPolicy(
    { policy_name: name, ...request }: Named & { policy_name: string },
    call: Call,
): object {
    collectionOf(request, call).rowPolicies.push(name);
    return {};
}

export function listRowPolicies(request: Named, call: Call): object {
    return { policies: collectionOf(request, call).rowPolicies.map((name) => ({ policy_name: name })) };
}
