import { checked, resolveUnknowns } from "../context/inputs";
import type { Props } from "../session/props";
import type { ObjectKind, ObjectSpec } from "./kind";

/** Stands for a secret that the state does not have: an import cannot read it. */
export const unreadSecret = "(not known to Pulumi)";

/** Stands for a secret that is another on the server than the state says. */
export const otherSecret = "(another on the server)";

/** The spec of inputs that were checked, or of outputs, which are inputs and hidden ones. Errors: `MV346`. */
export function specOf<Spec extends ObjectSpec>(kind: ObjectKind<Spec>, props: Props): Spec {
    const unread = unreadSecrets(kind, props).map((key) => [key, unreadSecret]);
    return checked(
        kind.parse(named(kind, { ...props, ...(Object.fromEntries(unread) as Props) })),
        kind.type,
    );
}

/** Secrets of the kind that the state does not have. */
export const unreadSecrets = <Spec extends ObjectSpec>(
    { secrets = [] }: ObjectKind<Spec>,
    props: Props,
): (keyof Spec & string)[] => secrets.filter((key) => props[key] === undefined);

/** What a preview can plan of inputs that are partly unknown yet: an unknown argument stands as it is deployed. */
export function knownSpec<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    olds: Props,
    news: Props,
): { spec: Spec | undefined; open: string[] } {
    const { known, open } = resolveUnknowns(olds, news);
    return { spec: open.length === 0 ? specOf(kind, known) : kind.parse(named(kind, known)).spec, open };
}

/** The inputs with the default name, so that it is seen and kept. */
export function named<Spec extends ObjectSpec>({ isNamed }: ObjectKind<Spec>, props: Props): Props {
    return isNamed ? { ...props, name: props.name ?? props.__logicalName } : props;
}
