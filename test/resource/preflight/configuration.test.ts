import { expect } from "chai";

import { resolveConnection } from "../../../provider/resource/context/connection";
import { configurationErrors, unknownSettings } from "../../../provider/resource/preflight/configuration";
import { unknownValue } from "../../../provider/inputs/argumentScan";
import { resolvePolicy } from "../../../provider/resource/context/policy";
import { contextOf } from "../context/contextOf";

/** What a check says of a resource in a stack with this configuration. */
function errors(config: Record<string, string>, props: Record<string, unknown> = {}): string[] {
    const get = (key: string) => config[key];
    const context = {
        ...contextOf(""),
        connection: (own: Record<string, unknown>) => resolveConnection(own, get, () => undefined),
        policy: () => resolvePolicy(get),
        settings: () => Object.keys(config),
    };
    return configurationErrors(context, { __owner: "shop/prod/docs", ...props });
}

describe("the configuration of a stack", () => {
    for (const [key, value] of [
        ["address", "tcp://localhost:19530"],
        ["address", "localhost:99999"],
        ["ssl", "maybe"],
        ["timeout", "soon"],
        ["preview", "strikt"],
        ["destructive", "refused"],
    ] as const)
        it(`is refused with ${key}: ${value}`, () => {
            const [error, ...others] = errors({ [`milvus:${key}`]: value });
            expect(error).to.match(new RegExp(`^milvus:${key}: .*\\[MV316\\]$`));
            expect(others).to.deep.equal([]);
        });

    it("is refused with a setting that does not exist, and says which one is meant", () => {
        expect(errors({ "milvus:databse": "shop" })).to.deep.equal([
            "milvus:databse: pulumi-milvus has no such setting. Did you mean milvus:database? [MV316]",
        ]);
        expect(errors({ "milvus:replication": "2" })[0]).to.include("The settings are address, token");
    });

    it("may hold what it likes in other namespaces", () => {
        expect(errors({ "zilliz:databse": "x", "shop:address": "tcp://x", databse: "y" })).to.deep.equal([]);
    });

    it("may hold settings of a project that is itself named milvus, unless one is a typing error", () => {
        const keys = ["milvus:replication", "milvus:adress"];
        expect(unknownSettings(keys, "milvus")).to.have.length(1);
        expect(unknownSettings(keys, "milvus")[0]).to.include("milvus:adress");
    });

    it("is not used by a resource with a connection of its own, known or not yet", () => {
        const config = { "milvus:address": "tcp://x" };
        expect(errors(config, { connection: { address: "localhost:19530" } })).to.deep.equal([]);
        expect(errors(config, { connection: { address: unknownValue } })).to.deep.equal([]);
    });
});
