import { describeAlias, resolveName } from "../../provider/milvus/collection/aliases";
import { describeCollection } from "../../provider/milvus/collection/collections";
import { readMarker } from "../../provider/observe/ownershipMarker";
import { aliasLife } from "../../provider/resource/alias";
import type { Props } from "../../provider/resource/session/props";
import type { Connected } from "../connection/withServer";
import { CommandError } from "../errors";

/** An alias as a program would declare it, in the connection's database. */
async function propsOf({ client }: Connected, name: string, collection: string): Promise<Props> {
    const described = await describeCollection(client, { database: undefined, name: collection });
    // Where a migration has made the collection, the core treats the alias as one of the same stack.
    const owner = described && readMarker(described).marker?.owner;
    return { name, collection, __owner: owner ?? `@pulumi-milvus/aliases/${name}`, __logicalName: name };
}

/** Errors: those of an `Alias` with this name and collection; `MV511` where it points elsewhere. */
export async function createAlias(connected: Connected, name: string, collection: string): Promise<void> {
    const there = await resolveName(connected.client, { database: undefined, name });
    if (there.kind === "alias" && there.collection !== collection)
        throw new CommandError(
            "MV511",
            `alias ${name}: points at ${there.collection}. No changes made. \`pulumi-milvus aliases switch ${name} ${collection}\` moves it`,
        );
    const life = aliasLife(connected.context);
    const props = await checked(connected, await propsOf(connected, name, collection));
    await life.create(props);
}

/** Moves an alias. Returns where it pointed. Errors: those of an `Alias`; `MV510` where there is none. */
export async function switchAlias(connected: Connected, name: string, collection: string): Promise<string> {
    const from = await requireAlias(connected, name);
    const props = await checked(connected, await propsOf(connected, name, collection));
    await aliasLife(connected.context).update({ ...props, collection: from }, props);
    return from;
}

/** Errors: `MV305` for one that is protected; `MV510`. */
export async function dropAlias(connected: Connected, name: string, from: string): Promise<void> {
    await aliasLife(connected.context).delete(await propsOf(connected, name, from));
}

export async function requireAlias({ client }: Connected, name: string): Promise<string> {
    const collection = await describeAlias(client, { database: undefined, alias: name });
    if (collection !== undefined) return collection;
    const there = await resolveName(client, { database: undefined, name });
    const what =
        there.kind === "collection" ? `${name} is a collection, and no alias` : `there is no alias ${name}`;
    throw new CommandError(
        "MV510",
        `${client.target}, database ${client.database}: ${what}. No changes made. \`pulumi-milvus aliases list\` shows what there is`,
    );
}

/** The checks of the arguments come before the server's: a name that Milvus does not take is named as such. */
async function checked({ context }: Connected, props: Props): Promise<Props> {
    const { inputs, failures } = await aliasLife(context).check(props, props);
    const [first] = failures;
    if (first)
        throw new CommandError(
            "MV500",
            failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"),
        );
    return inputs;
}
