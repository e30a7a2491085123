import { z } from "zod";

/** What a role may do at one place, as a Grant declares it. */
export const RolePlace = z
    .strictObject({
        database: z.string().describe("The database; `*` for the whole server."),
        collection: z
            .string()
            .describe(
                "The collection or alias; `*` for all of the database. For `SelectUser` and `UpdateUser`: the user.",
            ),
        privileges: z.array(z.string()).describe("Privileges that the role has there."),
        privilegeGroups: z.array(z.string()).describe("Groups of privileges that it has there (Milvus 2.5)."),
    })
    .describe("What a role may do at one place, as a `Grant` declares it.");

export const RoleResult = z
    .strictObject({
        name: z.string().describe("Name of the role."),
        users: z.array(z.string()).describe("Names of the users who have it, in alphabetical order."),
        grants: z
            .array(RolePlace)
            .describe(
                "What it may do in all databases, whoever granted it. A `Grant` is imported by `role/database/collection`.",
            ),
    })
    .describe("A role, its users, and what it may do.");

export const UserResult = z
    .strictObject({
        name: z.string().describe("Name of the user."),
        roles: z.array(z.string()).describe("Names of its roles, in alphabetical order."),
    })
    .describe("A user and its roles. Its password cannot be looked up.");

/** The names of all of a kind. */
export const NamesResult = z
    .strictObject({
        names: z.array(z.string()).describe("Their names, in alphabetical order."),
    })
    .describe("The names of all objects of the kind that the user may see.");

export type RolePlace = z.infer<typeof RolePlace>;
export type RoleResult = z.infer<typeof RoleResult>;
export type UserResult = z.infer<typeof UserResult>;
export type NamesResult = z.infer<typeof NamesResult>;
