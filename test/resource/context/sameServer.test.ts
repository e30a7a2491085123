import { expect } from "chai";

import { parseAlias } from "../../../provider/inputs/parse";
import { Connection } from "../../../provider/inputs/schema/connection";
import { planAlias } from "../../../provider/plan/aliasPlan";
import { planObject } from "../../../provider/plan/objectPlan";
import type { Context } from "../../../provider/resource/context/context";
import { onSameServer } from "../../../provider/resource/context/sameServer";

const configured = { address: "milvus.test:19530", database: "shop" };

/** The stack's configuration names `milvus.test`, and its database `shop`. */
const context = { connection: () => Connection.parse(configured) } as unknown as Context;

const alias = (connection?: object) =>
    parseAlias({ name: "live", collection: "docs", ...(connection && { connection }) }).spec!;

function verdict(before: object | undefined, after: object | undefined): string {
    const { deployed, target } = onSameServer(context, alias(before), alias(after));
    const asObject = planObject({ ...deployed }, { ...target }, { identity: ["name"], guides: [] });
    const asAlias = planAlias(deployed, target);
    if (asAlias.verdict !== "replace") expect(asObject.verdict).to.equal(asAlias.verdict);
    return asAlias.verdict;
}

describe("a `connection` argument that goes or comes", () => {
    for (const [what, connection] of [
        ["that of the configuration", configured],
        [
            "that of the configuration, spelled otherwise",
            { ...configured, address: "http://Milvus.test:19530" },
        ],
        ["that of the configuration, with a token", { ...configured, token: "root:Milvus" }],
    ] as const)
        it(`moves nothing where its server is ${what}`, () => {
            expect(verdict(connection, undefined)).to.equal("state-only");
            expect(verdict(undefined, connection)).to.equal("state-only");
        });

    it("moves what it names to another server, or another database", () => {
        expect(verdict({ address: "other.test:19530", database: "shop" }, undefined)).to.equal("replace");
        expect(verdict(undefined, { address: "other.test:19530", database: "shop" })).to.equal("replace");
        expect(verdict({ address: configured.address, database: "other" }, undefined)).to.equal("replace");
        // A connection of its own without a database means the default one.
        expect(verdict(undefined, { address: configured.address })).to.equal("replace");
    });

    it("may spell its address otherwise", () => {
        const spelled = (address: string) => ({ address, database: "shop" });
        expect(verdict(spelled("other.test:19530"), spelled("http://other.test:19530"))).to.equal("none");
        expect(verdict(spelled("other.test:19530"), spelled("other.test:19531"))).to.equal("replace");
    });
});
