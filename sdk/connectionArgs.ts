import type * as pulumi from "@pulumi/pulumi";

/**
 * How to reach another server than the stack's. It stands for itself: no setting of the stack's configuration or the
 * environment is mixed in.
 */
export interface ConnectionArgs {
    /**
     * Address of the server: `host:port`, `http://host:port` or `https://host:port`. `https` means TLS. The port
     * defaults to 19530, and to 443 with `https`. The address holds no user name. Errors: MV090.
     */
    address: pulumi.Input<string>;
    /**
     * An API key, or `user:password`. A `connection` argument keeps it as a secret. It stands alone: without `username`
     * and `password`. Default: none. Errors: MV091.
     */
    token?: pulumi.Input<string>;
    /** User name, with `password`. Default: none. Errors: MV091, MV092. */
    username?: pulumi.Input<string>;
    /** Password of `username`. A `connection` argument keeps it as a secret. Default: none. Errors: MV091, MV092. */
    password?: pulumi.Input<string>;
    /** Database of the resources that name none. Default: `default`. Errors: MV007, MV008. */
    database?: pulumi.Input<string>;
    /** Use TLS. An `https` address sets it, too. Default: false. */
    ssl?: pulumi.Input<boolean>;
    /**
     * Path of a PEM file with the certificate of the authority, on the machine that runs Pulumi. Default: none. Warning
     * without TLS: MV094.
     */
    caFile?: pulumi.Input<string>;
    /**
     * Path of a PEM file with the client's certificate, together with `clientKeyFile`. Default: none. Errors: MV093,
     * MV094.
     */
    clientCertFile?: pulumi.Input<string>;
    /**
     * Path of a PEM file with the client's key, together with `clientCertFile`. Default: none. Errors: MV093, MV094.
     */
    clientKeyFile?: pulumi.Input<string>;
    /**
     * The name in the server's certificate, where it differs from the address. Default: none. Warning without TLS:
     * MV094.
     */
    serverName?: pulumi.Input<string>;
    /**
     * Seconds that one call may take. Connecting takes 10 s at most; a call with rows may always take 120 s; a flush,
     * an index build or a load 600 s. Range: more than 0 to 3,600. Default: 30.
     */
    timeout?: pulumi.Input<number>;
}
