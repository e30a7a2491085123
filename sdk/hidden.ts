import * as pulumi from "@pulumi/pulumi";

/** Who the resource is: `create` is told neither its URN nor its name. Inputs that start with `__` show in no diff. */
export function identity(name: string): { __owner: string; __name: string } {
    return { __owner: `${pulumi.getProject()}/${pulumi.getStack()}/${name}`, __name: name };
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
