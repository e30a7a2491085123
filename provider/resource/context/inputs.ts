import type { Alias } from "../../inputs/schema/alias";
import type { Collection } from "../../inputs/schema/collection";
import { type Parsed, parseAlias, parseCollection } from "../../inputs/parse";
import { unknownValue } from "../../inputs/argumentScan";
import { RunError } from "../../migration/errors";
import type { Props } from "../session/props";

/** Outputs of a collection that are no arguments. */
export const computed: ReadonlySet<string> = new Set([
    "collectionName",
    "generation",
    "collectionId",
    "migrationState",
]);

/** The spec of inputs that were checked, or of outputs, which are inputs and more. */
export function collectionSpec(props: Props): Collection {
    return checked(parseCollection(argumentsOf(props)), "Collection");
}

export function aliasSpec(props: Props): Alias {
    return checked(parseAlias(props), "Alias");
}

/**
 * What a preview can plan of inputs that are partly unknown yet: an argument that holds an unknown stands as it is
 * deployed. `open` names these arguments; `spec` is undefined where the rest makes no sense without them.
 */
export function knownCollection(olds: Props, news: Props): { spec: Collection | undefined; open: string[] } {
    const { known, open } = resolveUnknowns(argumentsOf(olds), argumentsOf(news));
    return { spec: open.length === 0 ? collectionSpec(known) : parseCollection(known).spec, open };
}

/** The same for an alias. */
export function knownAlias(olds: Props, news: Props): { spec: Alias | undefined; open: string[] } {
    const { known, open } = resolveUnknowns(olds, news);
    return { spec: open.length === 0 ? aliasSpec(known) : parseAlias(known).spec, open };
}

/** The inputs with each unknown argument as it is deployed, and the names of these arguments. */
export function resolveUnknowns(olds: Props, news: Props): { known: Props; open: string[] } {
    const open = Object.keys(news).filter((key) => JSON.stringify(news[key] ?? null).includes(unknownValue));
    const known = Object.entries(news).map(([key, value]) => [key, open.includes(key) ? olds[key] : value]);
    return { known: Object.fromEntries(known) as Props, open };
}

function argumentsOf(props: Props): Props {
    return Object.fromEntries(Object.entries(props).filter(([key]) => !computed.has(key)));
}

/** The spec of arguments that were checked at their deployment. Errors: `MV346`. */
export function checked<Spec>(parsed: Parsed<Spec>, resource: string): Spec {
    if (parsed.spec !== undefined) return parsed.spec;
    // What was checked before is checked again after an upgrade: the state may be from another version.
    const reasons = parsed.failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new RunError(
        "MV346",
        `the state of this ${resource} cannot be read by this version of pulumi-milvus: ${reasons}. Install the version that wrote it, or a newer one`,
    );
}
