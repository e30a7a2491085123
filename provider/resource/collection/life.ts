import { parseCollection } from "../../inputs/parse";
import { unknownValue } from "../../inputs/argumentScan";
import { dropsExpired } from "../../plan/plan";
import { detailedDiff } from "../../plan/render/detailedDiff";
import { configuredServer, serverChange } from "../context/configuredServer";
import type { Context } from "../context/context";
import { computed, knownCollection } from "../context/inputs";
import { withLastConfiguration } from "../context/lastConfiguration";
import { lookAgain } from "../context/lookAgain";
import { observed } from "../context/observed";
import { autoName } from "../context/identity";
import { idOf } from "../context/resourceId";
import { collectionRequest, collectionState, hiddenInputs } from "../context/resourceState";
import { warnOnce } from "../context/warnOnce";
import { ownerRenameOf } from "../generations/ownerRename";
import type { Diffed, Life } from "../life";
import { inDatabase } from "../preflight/database";
import { surroundings } from "../preflight/surroundings";
import type { Props } from "../session/props";
import { create } from "./create";
import { type Diff, diff } from "./diff";
import { importCollection } from "./import";
import { preflight } from "./preflight";
import { read } from "./read";
import { remove } from "./remove";
import { update } from "./update";

/** The life of a `Collection`. */
export const collectionLife = (context: Context): Life => ({
    computed,

    check: async (olds, news) => {
        const isNew = olds?.__owner === undefined;
        if (isNew) context.session.pendingReplacements.awaitCreation(hiddenInputs(news).owner);
        const { failures, warnings } = parseCollection(news);
        warnings.forEach((warning) => warnOnce(context, warning));
        // Nothing random among the inputs: `up --plan` checks them again, and compares them with those of the preview.
        const generation = olds?.__generation;
        const inputs = generation === undefined ? news : { ...news, __generation: generation };
        const checked = {
            olds: isNew ? undefined : olds,
            news,
            title: `collection ${hiddenInputs(news).name}`,
        };
        const look = () => inDatabase(context, checked, () => preflight(context, news));
        const found = await surroundings(context, news, failures.length === 0 && look);
        return { inputs, failures: [...failures, ...found] };
    },

    diff: (olds, news) => diffed(context, olds, news),

    create: async (news) => {
        const outs = await observed(context, () => create(context, collectionRequest(news)));
        const __server = configuredServer(context, news);
        return { id: idOf(news.database, outs.collectionName), outs: { ...news, ...outs, __server } };
    },

    read: async (id, props) => {
        const now = await withLastConfiguration(props, () => read(context, collectionState(props)));
        if (!now) return undefined;
        const isOther = now.generation !== props.generation;
        return { id: isOther ? idOf(now.database, now.collectionName as string) : id, props: now };
    },

    update: async (olds, news) => {
        const outs = await observed(context, () =>
            update(context, collectionState(olds), collectionRequest(news)),
        );
        return { ...outs, __server: configuredServer(context, news) };
    },

    delete: (props) =>
        withLastConfiguration(props, () =>
            lookAgain(() => observed(context, () => remove(context, collectionState(props)))),
        ),

    preview: (news) => ({
        collectionName: news.name ?? unknownValue,
        generation: unknownValue,
        collectionId: unknownValue,
    }),

    previewUpdate: (olds, news) => ({ collectionName: nameInPreview(olds, news) }),

    import: (id, hidden) => importCollection(context, id, hidden),
});

/** A detached migration gives a new name to the copy, and an update in place to the collection: a preview cannot tell here. */
function nameInPreview(olds: Props, news: Props): unknown {
    const after = nameAfter(olds, news);
    const { detach = false } = (news.migration ?? {}) as { detach?: boolean };
    return detach && after !== olds.collectionName ? unknownValue : after;
}

/** The name on the server after an update in place, which may rename the collection. */
function nameAfter(olds: Props, news: Props): unknown {
    if (news.name !== undefined) return news.name;
    if (olds.name === undefined) return olds.collectionName;
    return autoName(hiddenInputs(news).name, olds.generation as string);
}

/** Outputs that an update leaves as they are. A detached migration leaves the name of what serves, too. */
function isStable(output: string, olds: Props, news: Props, isPending = false): boolean {
    if (output === "migrationState") return !isPending && olds[output] === undefined;
    return output !== "collectionName" || isPending || nameAfter(olds, news) === olds[output];
}

/** A worker has switched: what the state has is replaced by what is there. Without a change, `up` would end with an error. */
function switchedDiff({ replaces, changes }: Diff, olds: Props, news: Props): Diffed {
    const all = replaces.length > 0 ? replaces : (["fields"] as const);
    return { changes: true, replaces: all, stables: [], detailed: detailedDiff(changes, olds, news, all) };
}

async function diffed(context: Context, olds: Props, news: Props): Promise<Diffed> {
    const { spec, open } = knownCollection(olds, news);
    for (const argument of open)
        context.print(
            `${hiddenInputs(news).name}: ${argument} holds what is known only at \`pulumi up\`, and is planned then; a loss in it has to be allowed by name [MV122]`,
        );
    context.session.previews.planned(olds.generation as string, open);
    const openParts = Object.fromEntries(
        open.map((argument) => [argument, { kind: "update", replace: false } as const]),
    );
    if (!spec) return { changes: true, replaces: [], stables: [], detailed: openParts };
    const deployed = collectionState(olds);
    const ownerRename = ownerRenameOf(deployed, hiddenInputs(news));
    const found = await diff(context, deployed, spec, ownerRename, open);
    const { verdict, replaces, changes, isPending, dropsCopies, isSwitched } = found;
    if (isSwitched) return switchedDiff(found, olds, news);
    const isChanged =
        verdict !== "none" ||
        dropsExpired(found) ||
        dropsCopies ||
        olds.migrationState !== undefined ||
        open.length > 0 ||
        ownerRename !== undefined ||
        serverChange(context, olds) !== undefined;
    return {
        changes: isChanged,
        replaces,
        // A replacement makes another physical collection.
        stables:
            replaces.length > 0
                ? []
                : [...computed].filter((output) => isStable(output, olds, news, isPending)),
        detailed: { ...detailedDiff(changes, olds, news, replaces), ...openParts },
    };
}
