import { alterAlias, createAlias, describeAlias, dropAlias, resolveName } from "../milvus/aliases";
import { isMilvusError } from "../milvus/errors";
import { loadState } from "../milvus/loading";
import { RunError } from "../migration/errors";
import type { Alias } from "../inputs/alias";
import { type Context, type Props, server, type Server } from "./context/context";
import { cutBeforeSwitch } from "./recovery/resumeCutover";
import { handovers } from "./context/session";
import { hidden, keyOn } from "./context/identity";

/** What a parsed alias is on the server. */
const refOf = (alias: Alias) => ({ database: alias.database, alias: alias.name });

/**
 * Aliases that this process has made or found to be as they should: one that is replaced by itself, because its place is
 * only written in another way or another resource has it now, is not dropped.
 */
const own = new Set<string>();
const keyOf = ({ client }: Server, { database, name }: Alias) => keyOn({ client, ref: { database, name } });

/** Creates the alias. One that points to the collection already is taken as it is; one that points elsewhere is not ours. */
export async function create(context: Context, props: Props, alias: Alias): Promise<void> {
    const at = await server(context, props);
    await make(context, at, alias, hidden(props).owner);
    own.add(keyOf(at, alias));
}

async function make(context: Context, at: Server, alias: Alias, owner: string): Promise<void> {
    requireAliases(at);
    const ref = refOf(alias);
    await requireCollection(at, alias);
    const taken = await resolveName(at.client, { database: alias.database, name: alias.name });
    if (taken.kind === "free") return createAlias(at.client, ref, alias.collection);
    if (taken.kind === "collection") throw isCollection(alias);
    if (taken.collection === alias.collection) return;
    if (!alias.adopt)
        throw new RunError(
            "MV310",
            `name: the alias ${alias.name} is there already and points at ${taken.collection}. ` +
                `Set adopt: true to take it over and point it at ${alias.collection}, or choose another name`,
        );
    await move(context, at, alias, { owner, current: taken.collection });
}

/** Re-points the alias in one step; one that somebody dropped meanwhile is created again. */
export async function update(context: Context, props: Props, alias: Alias): Promise<void> {
    const at = await server(context, props);
    const current = await describeAlias(at.client, refOf(alias));
    if (current === alias.collection) return;
    await requireCollection(at, alias);
    await move(context, at, alias, { owner: hidden(props).owner, current });
}

/** Clients may be at work through it, whoever made it. */
async function move(
    context: Context,
    at: Server,
    alias: Alias,
    { owner, current }: { owner: string; current: string | undefined },
): Promise<void> {
    const ref = refOf(alias);
    // The rows of the old collection go on to the new one up to this moment, and a little beyond.
    const handover =
        handovers.to({ client: at.client, ref: { database: alias.database, name: alias.collection } }) ??
        (await cutBeforeSwitch(context, at, alias, { owner, current }));
    await requireLoaded(at, alias, current);
    try {
        await handover?.beforeSwitch();
        if (current === undefined) await createAlias(at.client, ref, alias.collection);
        else await alterAlias(at.client, ref, alias.collection);
    } catch (error) {
        await handover?.notSwitched().catch(() => {
            context.print(
                `alias ${alias.name}: ${current ?? "the old collection"} may refuse writes still; the next \`pulumi up\` lifts that`,
            );
        });
        throw error;
    }
    await handover?.afterSwitch();
}

/** The collection that the alias points at now; undefined where it is gone. */
export async function read(context: Context, props: Props, alias: Alias): Promise<string | undefined> {
    const { client } = await server(context, props);
    return describeAlias(client, refOf(alias));
}

/** Drops the alias, unless somebody re-pointed it: then it is not ours any more. */
export async function remove(context: Context, props: Props, alias: Alias): Promise<void> {
    const at = await server(context, props);
    const { client } = at;
    if (own.has(keyOf(at, alias))) return;
    const current = await describeAlias(client, refOf(alias));
    if (current === undefined) return;
    if (current !== alias.collection) {
        context.print(
            `alias ${alias.name}: points at ${current}, not at ${alias.collection} any more; it is left alone`,
        );
        return;
    }
    await dropAlias(client, refOf(alias));
}

function requireAliases(at: Server): void {
    if (at.capabilities.aliases) return;
    throw new RunError(
        "MV314",
        `${at.client.target}: ${at.capabilities.server} has no aliases. Use the collection's own name, or a server that has them (Milvus 2.0, milvus-lite 3)`,
    );
}

async function requireCollection(at: Server, { database, ...alias }: Alias): Promise<void> {
    const target = await resolveName(at.client, { database, name: alias.collection });
    if (target.kind === "alias")
        throw new RunError(
            "MV344",
            `collection: ${alias.collection} is itself an alias of ${target.collection}. Give the collection's own name`,
        );
    if (target.kind === "free")
        throw new RunError(
            "MV312",
            `collection: there is no collection ${alias.collection}. Create it first, or pass \`collectionName\` of a Collection; where that was dropped by hand, run \`pulumi refresh\``,
        );
}

/** An alias that serves is never moved to a collection that does not answer: AlterAlias itself would not ask. */
async function requireLoaded(at: Server, alias: Alias, current: string | undefined): Promise<void> {
    const { database } = alias;
    if (current === undefined) return;
    const serves = (await state(at, database, current)) === "loaded";
    if (serves && (await state(at, database, alias.collection)) !== "loaded")
        throw new RunError(
            "MV345",
            `collection: ${alias.collection} is not loaded, and readers of ${alias.name} would fail. Load it first (\`load: true\` on its Collection)`,
        );
}

/** What the alias points at may be gone: then it serves nobody. */
async function state({ client }: Server, database: string | undefined, name: string): Promise<string> {
    return loadState(client, { database, name }).catch((error: unknown) => {
        if (isMilvusError(error, "not-found")) return "missing";
        throw error;
    });
}

function isCollection(alias: Alias): RunError {
    return new RunError(
        "MV311",
        `name: ${alias.name} is a collection, and a name is looked up as a collection first. Choose another name for the alias, or rename the collection`,
    );
}
