import { describeCollection } from "../../milvus/collection/collections";
import { generationOf, parseRetained } from "../../observe/generations";
import { property } from "../../observe/properties";
import type { RetainedSeen } from "../../plan/retained";
import { locateRecorded } from "../../plan/recovery/situation";
import type { Context } from "../context/context";
import { interruptedUpdate } from "../context/interruptedUpdate";
import type { CollectionState } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { retainedBy } from "../generations/retained";
import { surveyRetained } from "../generations/surveyRetained";

/** What the server tells where the program did not change. */
interface QuickLook {
    /** Whether a change in place was interrupted. */
    wasInterrupted: boolean;
    retained: RetainedSeen | undefined;
}

const nothing: QuickLook = { wasInterrupted: false, retained: undefined };

/** A program that did not change must not fail because its server cannot be reached: then nothing is told. */
export async function lookQuickly(
    { connection, session }: Context,
    deployed: CollectionState,
): Promise<QuickLook> {
    try {
        const client = await session.clients.connect(connection(deployed.props));
        const described = await describeCollection(client, deployed.ref);
        if (described) {
            const wasInterrupted = (await interruptedUpdate(client, deployed, deployed.ref)) !== undefined;
            if (parseRetained(described.properties[property.previous]).length === 0)
                return { wasInterrupted, retained: undefined };
            const live = await generationOf(client, deployed.ref, described, session.holder);
            const chain = await retainedBy(session, client, live);
            return { wasInterrupted, retained: await surveyRetained(client, chain) };
        }
        // It may have been renamed.
        const located = locateRecorded(await observeSituation(session, client, deployed));
        const wasInterrupted =
            located !== undefined && (await interruptedUpdate(client, deployed, located.ref)) !== undefined;
        return { wasInterrupted, retained: undefined };
    } catch {
        return nothing;
    }
}
