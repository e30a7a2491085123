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
        ? pulumi.interpolate`${stack}/${opts.parent.urn.apply((urn) => urn.split("::").slice(2).join("::"))}/${name}`
        : `${stack}/${name}`;
    return { __owner, __logicalName: name };
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
