import { z } from "zod";

/** Address and credentials of a server. Source: Milvus docs, "Authenticate User Access" and "Encryption in Transit". */
export const Connection = z
    .strictObject({
        address: z
            .string()
            .default("localhost:19530")
            .describe(
                "Address of the server: `host:port`, `http://host:port` or `https://host:port`. `https` means TLS. The port defaults to 19530, and to 443 with `https`. The address holds no user name. Errors: MV090.",
            ),
        token: z
            .string()
            .optional()
            .describe(
                "An API key, or `user:password`. A `connection` argument keeps it as a secret. It stands alone: without `username` and `password`. Errors: MV091.",
            ),
        username: z.string().optional().describe("User name, with `password`. Errors: MV091, MV092."),
        password: z
            .string()
            .optional()
            .describe(
                "Password of `username`. A `connection` argument keeps it as a secret. Errors: MV091, MV092.",
            ),
        database: z
            .string()
            .optional()
            .describe("Database of the resources that name none. Default: `default`. Errors: MV007, MV008."),
        ssl: z.boolean().default(false).describe("Use TLS. An `https` address sets it, too."),
        caFile: z
            .string()
            .optional()
            .describe(
                "Path of a PEM file with the certificate of the authority, on the machine that runs Pulumi. Warning without TLS: MV094.",
            ),
        clientCertFile: z
            .string()
            .optional()
            .describe(
                "Path of a PEM file with the client's certificate, together with `clientKeyFile`. Errors: MV093, MV094.",
            ),
        clientKeyFile: z
            .string()
            .optional()
            .describe(
                "Path of a PEM file with the client's key, together with `clientCertFile`. Errors: MV093, MV094.",
            ),
        serverName: z
            .string()
            .optional()
            .describe(
                "The name in the server's certificate, where it differs from the address. Warning without TLS: MV094.",
            ),
        timeout: z
            .number()
            .gt(0)
            .max(3600)
            .default(30)
            .describe(
                "Seconds that one call may take. Connecting takes 10 s at most; a call with rows may always take 120 s; a flush, an index build or a load 600 s.",
            ),
    })
    .describe("How to reach a Milvus server.");

/** The `connection` argument of a resource replaces the configured connection as a whole, so its address is required. */
export const ConnectionArgument = Connection.extend({
    address: z.string().describe(Connection.shape.address.description!),
}).describe(
    "How to reach another server than the stack's. It stands for itself: no setting of the stack's configuration or the environment is mixed in.",
);

export type Connection = z.infer<typeof Connection>;
export type ConnectionArguments = z.input<typeof Connection>;
