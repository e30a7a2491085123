import * as pulumi from "@pulumi/pulumi";

/**
 * Who the resource is: `create` is told neither its URN nor its name. Under a parent the parent's name belongs to it, as
 * it does in the URN. Inputs that start with `__` show in no diff.
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

/** Keeps the credentials of a `connection` argument out of the state's plain text, also where the program forgot to. */
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
