import { parseAlias } from "../../inputs/parse";
import { describeAlias } from "../../milvus/collection/aliases";
import { configuredServer, serverChange, serverChangeText } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import { knownAlias } from "../context/inputs";
import { withLastConfiguration } from "../context/lastConfiguration";
import { lookAgain } from "../context/lookAgain";
import { observed } from "../context/observed";
import { idOf, placeOfId } from "../context/resourceId";
import { aliasResource, hiddenInputs } from "../context/resourceState";
import { warnOnce } from "../context/warnOnce";
import type { Diffed, Imported, Life } from "../life";
import { inDatabase } from "../preflight/database";
import { surroundings } from "../preflight/surroundings";
import type { Props } from "../session/props";
import { create } from "./create";
import { diff } from "./diff";
import { preflight } from "./preflight";
import { read } from "./read";
import { remove } from "./remove";
import { update } from "./update";

/** The life of an `Alias`. */
export const aliasLife = (context: Context): Life => ({
    computed: new Set(),

    check: async (olds, news) => {
        const { failures, warnings } = parseAlias(news);
        warnings.forEach((warning) => warnOnce(context, warning));
        // The default stands among the inputs, so that it is seen and kept.
        const inputs = { ...news, name: news.name ?? news.__logicalName };
        const isNew = olds?.__owner === undefined;
        const checked = { olds: isNew ? undefined : olds, news, title: `alias ${hiddenInputs(news).name}` };
        const look = () => inDatabase(context, checked, () => preflight(context, news));
        const found = await surroundings(context, news, failures.length === 0 && look);
        return { inputs, failures: [...failures, ...found] };
    },

    diff: (olds, news) => diffed(context, olds, news),

    create: async (news) => {
        const resource = aliasResource(news);
        await observed(context, () => create(context, resource));
        const outs = { ...news, __server: configuredServer(context, news) };
        return { id: idOf(news.database, resource.spec.name), outs };
    },

    read: async (id, props) => {
        const collection = await withLastConfiguration(props, () => read(context, aliasResource(props)));
        if (collection === undefined) return undefined;
        return { id, props: { ...props, collection, __server: configuredServer(context, props) } };
    },

    update: async (_olds, news) => {
        await observed(context, () => update(context, aliasResource(news)));
        return { ...news, __server: configuredServer(context, news) };
    },

    delete: (props) =>
        withLastConfiguration(props, () => lookAgain(() => remove(context, aliasResource(props)))),

    preview: () => ({}),

    previewUpdate: () => ({}),

    import: (id, hidden) => imported(context, id, hidden),
});

/** Arguments that a change may be in. */
const places = ["name", "collection", "database"] as const;

async function diffed(context: Context, olds: Props, news: Props): Promise<Diffed> {
    const { spec, open } = knownAlias(olds, news);
    const moved = serverChange(context, olds);
    if (moved) context.print(serverChangeText(hiddenInputs(news).name, moved));
    if (!spec) return { changes: true, replaces: [], stables: [], detailed: {} };
    const deployed = aliasResource(olds);
    const { verdict, replaces } = await diff(context, deployed, spec, open.includes("collection"));
    const changed = places.filter((name) => deployed.spec[name] !== spec[name] || open.includes(name));
    return {
        changes: verdict !== "none" || open.length > 0 || moved !== undefined,
        replaces,
        stables: replaces.length > 0 ? [] : ["name"],
        detailed: Object.fromEntries(
            changed.map((name) => [
                name,
                { kind: "update", replace: (replaces as readonly string[]).includes(name) } as const,
            ]),
        ),
    };
}

/** An alias that no state has. */
async function imported(context: Context, id: string, hidden: Props): Promise<Imported | undefined> {
    const { database, name } = placeOfId(id);
    const { client } = await server(context, {});
    const collection = await describeAlias(client, { database, alias: name });
    if (collection === undefined) return undefined;
    const inputs = { name, collection, ...(database !== undefined && { database }) };
    const __server = configuredServer(context, {});
    return { id, inputs, outs: { ...inputs, __owner: hiddenInputs(hidden).owner, __server } };
}
