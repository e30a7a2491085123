import type { CheckFailure } from "../../inputs/report/finding";
import { configuredServer, requireThere } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import { withLastConfiguration } from "../context/lastConfiguration";
import { lookAgain } from "../context/lookAgain";
import { hiddenInputs } from "../context/resourceState";
import { warnOnce } from "../context/warnOnce";
import type { Life } from "../life";
import { surroundings } from "../preflight/surroundings";
import type { Props } from "../session/props";
import { create } from "./create";
import { diff } from "./diff";
import { importObject } from "./import";
import { named, specOf } from "./inputs";
import { type ObjectKind, type ObjectSpec, type ObjectWork, workOf } from "./kind";
import { look } from "./preflight";

/** The life of an object of this kind. */
export const objectLife =
    <Spec extends ObjectSpec>(kind: ObjectKind<Spec>) =>
    (context: Context): Life => ({
        computed: new Set(),
        secrets: new Set(kind.secrets),

        check: async (olds, news) => {
            const inputs = named(kind, news);
            const { spec, failures, warnings } = kind.parse(inputs);
            if (spec) kind.declared?.(context, spec, news);
            warnings.forEach((warning) => warnOnce(context, warning));
            const isNew = olds?.__owner === undefined;
            const found = await surroundings(
                context,
                news,
                failures.length === 0 && (() => look(kind, context, isNew ? undefined : olds, inputs)),
            );
            return { inputs, failures: [...failures.map((one) => withoutValue(kind, one)), ...found] };
        },

        diff: (olds, news) => diff(kind, context, olds, news),

        create: async (news) => {
            const work = await open(kind, context, news);
            const hidden = await create(kind, work);
            return { id: kind.id(work.spec), outs: { ...recorded(context, news), ...hidden } };
        },

        read: async (id, props) => {
            const observed = await withLastConfiguration(props, async () => {
                const { at, spec, name } = await open(kind, context, props);
                const there = await kind.observe(at, spec);
                requireThere(context, { name, props }, there);
                return there;
            });
            return observed && { id, props: { ...recorded(context, props), ...observed } };
        },

        update: async (olds, news) => {
            const work = await open(kind, context, news);
            const hidden = await kind.update(work, specOf(kind, olds), olds);
            return { ...hiddenOf(olds), ...recorded(context, news), ...hidden };
        },

        delete: (props) =>
            withLastConfiguration(props, () =>
                lookAgain(async () => kind.remove(await open(kind, context, props))),
            ),

        preview: () => ({}),

        previewUpdate: () => ({}),

        import: (id, hidden) => importObject(kind, context, id, hidden),
    });

async function open<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    props: Props,
): Promise<ObjectWork<Spec>> {
    const spec = specOf(kind, props);
    return workOf(context, await server(context, props), hiddenInputs(props), { spec, props });
}

const recorded = (context: Context, props: Props): Props => ({
    ...props,
    __server: configuredServer(context, props),
});

/** Hidden outputs of before, which an update keeps where it says nothing else. */
function hiddenOf(props: Props): Props {
    return Object.fromEntries(Object.entries(props).filter(([key]) => key.startsWith("__")));
}

/** The engine prints the value of the argument that a failure names, also of a secret (seen on 3.260): the reason names it instead. */
function withoutValue<Spec extends ObjectSpec>(
    { secrets = [] }: ObjectKind<Spec>,
    { property, reason }: CheckFailure,
): CheckFailure {
    const isSecret = secrets.some((key) => property === key);
    return isSecret ? { property: "", reason: `${property}: ${reason}` } : { property, reason };
}
