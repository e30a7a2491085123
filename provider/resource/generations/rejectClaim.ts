import type { CollectionRef } from "../../milvus/collection/collections";
import { withdrawClaim } from "../../migration/properties/claim";
import type { Context, Server } from "../context/context";

/** This state has the collection: another stack that has announced to adopt it has to announce that again. */
export async function rejectClaim(
    { print }: Pick<Context, "print">,
    { client, capabilities }: Server,
    ref: CollectionRef,
    /** The logical name, for people. */
    name: string,
): Promise<void> {
    const claim = capabilities.alterProperties ? await withdrawClaim(client, ref) : undefined;
    if (claim)
        print(
            `warning: ${name}: ${claim.owner} wanted to adopt ${ref.name}, which this stack has, and is refused. ` +
                "To hand it over, run `pulumi state delete` here, then `pulumi up` twice there [MV352]",
        );
}
