import { configuredServer } from "../context/configuredServer";
import { type Context, server, type Server } from "../context/context";
import { hiddenInputs } from "../context/resourceState";
import type { Imported } from "../life";
import type { Props } from "../session/props";
import { specOf } from "./inputs";
import type { ObjectKind, ObjectSpec } from "./kind";

/** An existing object that no state has. Errors: `MV402` for an id of another form. */
export async function importObject<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    context: Context,
    id: string,
    hidden: Props,
): Promise<Imported | undefined> {
    const inputs = await declaredAsIs(kind, await server(context, {}), id);
    if (inputs === undefined) return undefined;
    const __server = configuredServer(context, {});
    return { id, inputs, outs: { ...inputs, __owner: hiddenInputs(hidden).owner, __server } };
}

/**
 * The arguments of a program that declares the object as it is, without secrets, which no server tells; undefined where there
 * is no such object. Errors: `MV402` for an id of another form.
 */
export async function declaredAsIs<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    at: Server,
    id: string,
): Promise<Props | undefined> {
    const identity = kind.argumentsOf(id);
    const spec = specOf(kind, identity);
    const found = await (kind.importArguments?.(at, spec) ?? kind.observe(at, spec));
    return found && { ...identity, ...found };
}
