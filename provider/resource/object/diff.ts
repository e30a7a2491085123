import { isConnectionTrouble } from "../../milvus/transport/errors";
import { planObject } from "../../plan/objectPlan";
import { argumentsDiff } from "../../plan/render/detailedDiff";
import { serverChange, serverChangeText } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import { hiddenInputs } from "../context/resourceState";
import { onSameServer } from "../context/sameServer";
import type { Diffed } from "../life";
import type { Props } from "../session/props";
import { knownSpec, specOf, unreadSecrets } from "./inputs";
import { type ObjectKind, type ObjectSpec, workOf } from "./kind";

/** Compares what was deployed with what is declared, and tells what the change does. */
export async function diff<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    olds: Props,
    news: Props,
): Promise<Diffed> {
    const hidden = hiddenInputs(news);
    const moved = serverChange(context, olds);
    if (moved) context.print(serverChangeText(hidden.name, moved));
    const { spec, open } = knownSpec(kind, olds, news);
    if (!spec) return { changes: true, replaces: [], stables: [], detailed: {} };
    const deployed = { ...specOf(kind, olds), ...(await readSecrets(kind, context, olds, spec)) };
    const compared = onSameServer(context, deployed, spec);
    const { verdict, replaces, changed } = planObject(compared.deployed, compared.target, kind);
    // An unknown part of its identity may be another object, or the same: the engine is told of a replacement.
    const openReplaces = open.filter((name) => kind.identity.includes(name));
    const all = [...new Set([...replaces, ...openReplaces])];
    const isChange = verdict === "update" || verdict === "replace";
    if ((kind.explain && isChange) || (kind.explainOpen && open.length > 0))
        try {
            const work = workOf(context, await server(context, olds), hidden, { spec, props: news });
            if (open.length > 0) await kind.explainOpen?.(work, deployed, open);
            if (isChange) await kind.explain?.(work, deployed, verdict);
        } catch (error) {
            // A preview goes on without the server, and says so elsewhere.
            if (!isConnectionTrouble(error)) throw error;
        }
    return {
        changes: verdict !== "none" || open.length > 0 || moved !== undefined,
        replaces: all,
        stables: all.length > 0 ? [] : kind.identity.filter((name) => name in deployed),
        detailed: argumentsDiff(olds, news, [...new Set([...changed, ...open])], all),
    };
}

/**
 * Secrets that the state lacks, because an import cannot read them: as the program declares them, unless the server says that
 * it has another.
 */
async function readSecrets<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    olds: Props,
    spec: Spec,
): Promise<Partial<Spec>> {
    const unread = unreadSecrets(kind, olds);
    if (unread.length === 0) return {};
    const there = await server(context, olds)
        .then((at) => kind.observe(at, spec))
        .catch((error: unknown) => {
            if (isConnectionTrouble(error)) return undefined;
            throw error;
        });
    return Object.fromEntries(unread.map((key) => [key, there?.[key] ?? spec[key]])) as Partial<Spec>;
}
