import { z } from "zod";

import { ConnectionArgument } from "./connection";

const connection = ConnectionArgument.optional().describe(
    "Another server than the stack's. Default: the stack's configuration.",
);

/** Source: Milvus docs, "Create Users & Roles". */
export const Role = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the role. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV008.",
            ),
        forceDestroy: z
            .boolean()
            .default(false)
            .describe(
                "Drop the role although it has privileges or users that this program did not give it: they lose it first. Errors: MV410, MV414.",
            ),
        adopt: z.boolean().default(false).describe("Manage a role that exists already. Without it: MV400."),
        connection,
    })
    .describe('A role: a name that has privileges. Source: Milvus docs, "Create Users & Roles".');

/** Source: Milvus docs, "Create Users & Roles", and "Authenticate User Access". */
export const User = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the user: at most 32 letters, digits and underscores, beginning with a letter. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV412.",
            ),
        password: z
            .string()
            .describe(
                "Password of the user, a secret in every state. It changes in place: the new one works at once, and the old one no more. Range: 6 to 72 bytes. Errors: MV097, MV411.",
            ),
        roles: z
            .array(z.string())
            .default([])
            .describe(
                "Roles of the user. One that you remove is taken away; those that somebody else gives stay. Errors: MV007, MV009, MV413, MV415.",
            ),
        adopt: z.boolean().default(false).describe("Manage a user that exists already. Without it: MV400."),
        connection,
    })
    .describe('A user with its password and its roles. Source: Milvus docs, "Create Users & Roles".');

export type Role = z.infer<typeof Role>;
export type RoleArguments = z.input<typeof Role>;
export type User = z.infer<typeof User>;
export type UserArguments = z.input<typeof User>;
