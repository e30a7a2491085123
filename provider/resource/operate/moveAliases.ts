import { aliasLife } from "../alias";
import type { Context } from "../context/context";

/** Moves aliases to a new collection, outside of a program; each is a resource of its own to the core. */
export async function moveAliases(
    context: Context,
    owner: string,
    aliases: readonly string[],
    { database, name: collection }: { database?: string | undefined; name: string },
): Promise<void> {
    const life = aliasLife(context);
    for (const name of aliases) {
        const place = database === undefined ? {} : { database };
        const props = { name, collection, ...place, __owner: `${owner}/${name}`, __logicalName: name };
        await life.update(props, props);
    }
}
