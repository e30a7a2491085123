// The resources of the native provider as a generated SDK registers them, under the name by which programs import the
// dynamic ones: the same program runs on both adapters.
const pulumi = require("@pulumi/pulumi");

// That of the plugin which the program asks for: a program of an older version is a folder with an older number in it.
const { version } = require("./package.json");

const withDefaults = (type, opts) =>
    pulumi.mergeOptions(
        { version },
        { aliases: [{ type: `pulumi-nodejs:dynamic/milvus:${type}` }], ...opts },
    );

class Collection extends pulumi.CustomResource {
    constructor(name, args, opts) {
        const outputs = { collectionName: undefined, generation: undefined, collectionId: undefined };
        super("milvus:index:Collection", name, { ...args, ...outputs }, withDefaults("Collection", opts));
    }
}

class Alias extends pulumi.CustomResource {
    constructor(name, args, opts) {
        super("milvus:index:Alias", name, { name: undefined, ...args }, withDefaults("Alias", opts));
    }
}

class Provider extends pulumi.ProviderResource {
    constructor(name, args = {}, opts) {
        // An SDK sends what is no text as JSON.
        const json = (value) => pulumi.output(value).apply(JSON.stringify);
        const texts = Object.entries(args).map(([key, value]) => [
            key,
            ["ssl", "timeout"].includes(key) ? json(value) : value,
        ]);
        super("milvus", name, Object.fromEntries(texts), pulumi.mergeOptions({ version }, opts));
    }
}

/** Objects without rows: all register alike. */
const objects = ["Database", "Grant", "Partition", "PrivilegeGroup", "ResourceGroup", "Role", "User"].map(
    (type) => [
        type,
        class extends pulumi.CustomResource {
            constructor(name, args, opts) {
                super(`milvus:index:${type}`, name, { name: undefined, ...args }, withDefaults(type, opts));
            }
        },
    ],
);

module.exports = { Alias, Collection, Provider, ...Object.fromEntries(objects) };
