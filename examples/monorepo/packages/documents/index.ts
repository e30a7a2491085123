import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

export interface DocumentsArgs {
    /** Whether rows have a language. */
    hasLanguage?: boolean;
}

/** A collection of documents and its alias, as every team declares them. */
export class Documents extends pulumi.ComponentResource {
    readonly collection: pulumi.Output<string>;

    constructor(name: string, args: DocumentsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        super("shop:index:Documents", name, {}, opts);
        const docs = new milvus.Collection(
            name,
            {
                fields: [
                    { name: "id", dataType: "Int64", isPrimaryKey: true },
                    { name: "vector", dataType: "FloatVector", dim: 8 },
                    { name: "text", dataType: "VarChar", maxLength: 1024 },
                    ...(args.hasLanguage
                        ? [{ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" } as const]
                        : []),
                ],
            },
            { parent: this },
        );
        new milvus.Alias(`${name}_live`, { name, collection: docs.collectionName }, { parent: this });
        this.collection = docs.collectionName;
        this.registerOutputs({ collection: this.collection });
    }
}
