import { RunError } from "../../migration/errors";
import { requireDatabase } from "../context/declaredDatabase";
import type { Props } from "../session/props";
import type { ObjectKind, ObjectSpec, ObjectWork } from "./kind";

/** Makes the object. One that exists already is changed to what the program declares where it says `adopt`. */
export async function create<Spec extends ObjectSpec>(
    kind: ObjectKind<Spec>,
    work: ObjectWork<Spec>,
): Promise<Props> {
    const { at, spec, props, context } = work;
    if (kind.database === "required") await requireDatabase(context, props, kind.title(spec));
    await kind.requireSupported(at, spec);
    const there = await kind.observe(at, spec);
    if (there === undefined || kind.isShared) return kind.create(work);
    rejectTaken(kind, spec);
    return kind.update(work, { ...spec, ...there }, {});
}

/** Errors: `MV400` for an object that exists already, unless the program adopts it. */
export function rejectTaken<Spec extends ObjectSpec>(kind: ObjectKind<Spec>, spec: Spec): void {
    if (spec.adopt) return;
    throw new RunError(
        "MV400",
        `${kind.title(spec)} exists already, and this program did not create it. Set adopt: true to manage it, run \`pulumi import\`, or choose another name`,
    );
}
