import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

export interface SearchIndexArgs {
    fields: milvus.CollectionArgs["fields"];
    /** Names of roles that may search it. They exist already. */
    readers?: string[];
    /** By default true: an index that has rows is not deleted. */
    isProtected?: boolean;
}

// #region component
/** A collection as the team wants all of its collections: protected, behind an alias, with readers that follow it. */
export class SearchIndex extends pulumi.ComponentResource {
    /** The name that clients use. */
    readonly alias: pulumi.Output<string>;
    readonly collection: pulumi.Output<string>;

    constructor(
        name: string,
        { fields, readers = [], isProtected = true }: SearchIndexArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("examples:index:SearchIndex", name, {}, opts);
        const options = { parent: this };
        const docs = new milvus.Collection(
            name,
            {
                fields,
                indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
                deletionProtection: isProtected,
            },
            options,
        );
        const live = new milvus.Alias(
            `${name}_live`,
            { name: `${name}_live`, collection: docs.collectionName },
            options,
        );
        for (const role of readers) {
            const read = { role, privileges: ["Search", "Query"] };
            new milvus.Grant(`${name}_${role}`, { ...read, collection: docs.collectionName }, options);
            // Before 2.6.12 Milvus checks the name that the client uses.
            new milvus.Grant(`${name}_live_${role}`, { ...read, collection: live.name }, options);
        }
        this.alias = live.name;
        this.collection = docs.collectionName;
        this.registerOutputs({ alias: this.alias, collection: this.collection });
    }
}
// #endregion component
