/** What the engine's name of a resource tells. */
export interface Named {
    /** Identifies the resource on the server: see resource/session/owner.ts. */
    owner: string;
    /** The logical name. */
    name: string;
    /** The type, such as `milvus:index:Collection`. */
    type: string;
}

/**
 * Reads a URN: `urn:pulumi:stack::project::parentType$type::name`. A child is told from others of its name by the types of its
 * parents, as Pulumi does; the URN has no names of parents. A logical name may hold `::`.
 */
export function readUrn(urn: string): Named {
    const [head = "", project = "", types = "", ...rest] = urn.split("::");
    const stack = head.split(":").at(-1)!;
    const name = rest.join("::");
    const [type = "", ...parents] = types.split("$").reverse();
    const path = [project, stack, ...(parents.length > 0 ? [parents.reverse().join("$")] : []), name];
    return { owner: path.join("/"), name, type };
}
