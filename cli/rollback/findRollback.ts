import { resolveName } from "../../provider/milvus/collection/aliases";
import { observeGeneration } from "../../provider/observe/generations";
import { importCollection } from "../../provider/resource/collection/import";
import { rollbackTarget } from "../../provider/plan/recovery/previous";
import { findRetained } from "../../provider/resource/generations/retained";
import { parseOwner } from "../../provider/resource/session/owner";
import type { Connected } from "../connection/withServer";
import { CommandError } from "../errors";

export interface FoundRollback {
    /** The collection in service. */
    serving: string;
    /** The collection that is retained behind it. */
    retained: string;
    /** What a program says to go back to it. */
    rollback: "previous" | { to: string };
    owner: string;
    /** The retained collection as a program would declare it. */
    declared: Readonly<Record<string, unknown>>;
}

/** What a rollback of a collection or an alias leads to. Changes nothing. Errors: `MV513`. */
export async function findRollback(
    { client, context }: Connected,
    name: string,
    /** The name or the generation of a retained collection. Default: the one that served last. */
    to: string | undefined,
): Promise<FoundRollback> {
    const there = await resolveName(client, { database: undefined, name });
    const serving = { database: undefined, name: there.kind === "alias" ? there.collection : name };
    const seen =
        there.kind === "free" ? undefined : await observeGeneration(client, serving, context.session.holder);
    const chain = seen ? await findRetained(context.session, client, serving) : [];
    const rollback = to === undefined ? "previous" : { to };
    const retained = rollbackTarget(chain, rollback);
    if (!retained) {
        const what =
            there.kind === "free"
                ? `there is no collection and no alias ${name}`
                : chain.length === 0
                  ? "nothing is retained behind it"
                  : `${to} is not retained behind it, but ${chain.map(({ at, generation }) => `${at.ref.name} (${generation})`).join(", ")}`;
        throw new CommandError(
            "MV513",
            `${name}: ${what}. No changes made. A migration retains the old collection with \`migration.keepPrevious\`; \`pulumi-milvus status\` shows what is retained`,
        );
    }
    const { owner } = retained.at.marker;
    const hidden = { __owner: owner, __logicalName: parseOwner(owner).logicalName };
    const declaredOf = async (name: string) => (await importCollection(context, name, hidden))?.inputs ?? {};
    const {
        __generation: _generation,
        name: _name,
        load: _released,
        ...rest
    } = await declaredOf(retained.at.ref.name);
    // What is retained is released from memory: it is loaded as the one is that it takes over from.
    const { load } = await declaredOf(serving.name);
    const declared = { ...rest, ...(load !== undefined && { load }) };
    return { serving: serving.name, retained: retained.at.ref.name, rollback, owner, declared };
}
