import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { documents } from "./schema";

/** What a tenant does with its own rows. */
const privileges = [
    "Search",
    "Query",
    "Insert",
    "Upsert",
    "Delete",
    // Clients ask for the schema before they read or write.
    "DescribeCollection",
    "ShowCollections",
];

export interface TenantArgs {
    /** Password of the tenant's user. Without it the tenant has no user: milvus-lite has none. */
    password?: pulumi.Input<string>;
    /** Its rows may be dropped: set it one `pulumi up` before you take the tenant from the list. */
    isLeaving?: boolean;
}

/** A tenant: a database of its own, a collection with its alias in it, and a user whose role reaches this database alone. */
export class Tenant extends pulumi.ComponentResource {
    readonly database: pulumi.Output<string>;
    /** The name that the tenant's clients use. */
    readonly alias: pulumi.Output<string>;

    constructor(
        name: string,
        { password, isLeaving = false }: TenantArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("examples:index:Tenant", name, {}, opts);
        // Without `forceDestroy`, a database with collections that the tenant has made is not dropped.
        const library = new milvus.Database(name, { forceDestroy: isLeaving }, { parent: this });
        // The output, not the text: Pulumi creates the database first, and drops it last.
        this.database = library.name;
        const access = password === undefined ? [] : this.letIn(name, password);
        const docs = new milvus.Collection(
            `${name}_docs`,
            { ...documents, database: this.database, deletionProtection: !isLeaving },
            // What depends goes first: rows that are protected keep the user that reads them.
            { parent: this, dependsOn: access },
        );
        const live = new milvus.Alias(
            `${name}_live`,
            { name: "docs", database: this.database, collection: docs.collectionName },
            { parent: this },
        );
        this.alias = live.name;
        this.registerOutputs({ database: this.database, alias: this.alias });
    }

    /** A user whose role has privileges in the tenant's database, and nowhere else. */
    private letIn(name: string, password: pulumi.Input<string>): pulumi.Resource[] {
        const role = new milvus.Role(`${name}_user`, {}, { parent: this });
        // On all collections of the database: a migration changes nothing for the tenant, whatever name its clients use.
        const grant = new milvus.Grant(
            `${name}_grant`,
            { role: role.name, database: this.database, privileges },
            { parent: this },
        );
        const user = new milvus.User(name, { password, roles: [role.name] }, { parent: this });
        return [grant, user];
    }
}
