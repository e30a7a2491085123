import * as pulumi from "@pulumi/pulumi";

/**
 * Hidden inputs that identify the resource, because `create` receives neither its URN nor its name. Under a parent, the
 * parent's name is part of the identity, as in the URN. Pulumi shows inputs that start with `__` in no diff.
 */
export function identity(
    name: string,
    opts: pulumi.CustomResourceOptions | undefined,
): { __owner: pulumi.Input<string>; __logicalName: string } {
    const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
    const __owner = opts?.parent
        ? urnOf(opts.parent).then((urn) => `${stack}/${urn.split("::").slice(2).join("::")}/${name}`)
        : `${stack}/${name}`;
    return { __owner, __logicalName: name };
}

/**
 * A promise of the URN, and no output: an input that depends on a component waits for all children of the component, and
 * this one is an input of a child.
 */
function urnOf(resource: pulumi.Resource): Promise<string> {
    return new Promise((resolve) => resource.urn.apply(resolve));
}

/**
 * Whether `database` is written as text, so that Pulumi does not know that the database comes first: an output, or `dependsOn`,
 * says so.
 */
export function databaseAsText(
    { database }: { database?: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions | undefined,
): { __databaseIsText?: true } {
    return typeof database === "string" && opts?.dependsOn === undefined ? { __databaseIsText: true } : {};
}

/** Marks the credentials of a `connection` argument as secrets, so that the state never holds them in plain text. */
export function secretConnection<Args extends { connection?: pulumi.Input<object> }>(args: Args): Args {
    if (args.connection === undefined) return args;
    const connection = pulumi.output(args.connection).apply((value) => {
        const copy: Record<string, unknown> = { ...value };
        for (const key of ["token", "password"])
            if (copy[key] !== undefined) copy[key] = pulumi.secret(copy[key]);
        return copy;
    });
    return { ...args, connection };
}
