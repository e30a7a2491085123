import type { MilvusClient } from "../transport/client";
import { absent, at, type CollectionRef } from "./collections";
import { isMilvusError } from "../transport/errors";
import type { Message } from "../transport/protocol";

/** What a server keeps beside a collection, and drops with it. */
export interface Attachments {
    /** Names of the row policies (3.0). */
    rowPolicies: string[];
    /** Names of the snapshots (2.6.15). */
    snapshots: string[];
    /** Why this user cannot know of one of these. */
    refused: string[];
}

/** Empty where the server does not know the call. */
export async function listAttachments(client: MilvusClient, ref: CollectionRef): Promise<Attachments> {
    const refused: string[] = [];
    const [policies, snapshots] = await Promise.all([
        ask(client, ref, "ListRowPolicies", refused),
        ask(client, ref, "ListSnapshots", refused),
    ]);
    return {
        rowPolicies: ((policies?.policies ?? []) as { policy_name: string }[]).map(
            ({ policy_name: name }) => name,
        ),
        snapshots: (snapshots?.snapshots ?? []) as string[],
        refused: refused.sort(),
    };
}

async function ask(
    client: MilvusClient,
    ref: CollectionRef,
    method: string,
    refused: string[],
): Promise<Message | undefined> {
    return client.call(method, at(ref), { about: ref.name }).catch((error: unknown) => {
        if (isMilvusError(error, "forbidden")) refused.push(error.message);
        if (isMilvusError(error, "unsupported", "forbidden", "rejected", "invalid")) return undefined;
        return absent(error);
    });
}
