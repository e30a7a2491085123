import { expect } from "chai";

import { identifierOf, logicalName, Names, reservedIdentifiers } from "../../../cli/pull/program/names";
import { projectName } from "../../../cli/pull/write/project";

describe("a name in a pulled program", () => {
    it("is the name on the server in camel case, as an identifier", () => {
        const identifiers = ["my_docs", "LangChainCollection", "SQL_docs", "_docs", "__", "_1st", "文書"];
        expect(identifiers.map((name) => identifierOf(name, "Collection"))).to.deep.equal([
            ...[
                "myDocs",
                "langChainCollection",
                "sqlDocs",
                "docs",
                "collection",
                "collection1st",
                "collection",
            ],
        ]);
        expect(identifierOf("x".repeat(255), "Role")).to.have.length(40);
    });

    it("is given once, by the first candidate that is free, then by a number", () => {
        const names = new Names(reservedIdentifiers);
        const take = () => names.take("class", "docs", "docs_role");
        expect([take(), take(), take(), take()]).to.deep.equal([
            ...["docs", "docs_role", "docs_role2", "docs_role3"],
        ]);
        expect([names.take("v2"), names.take("v2")]).to.deep.equal(["v2", "v2_2"]);
    });

    it("keeps its beginning and its end where it is too long", () => {
        const long = logicalName("reader", "a".repeat(100), "docs");
        expect(long)
            .to.have.length(80)
            .and.to.match(/^reader_a+__a+_docs$/);
        expect(logicalName("re$der", "all")).to.equal("re_der_all");
    });

    it("is one that Pulumi takes, where it is the name of a folder", () => {
        const folders = ["shop", "My Shop!", "..", "2024", "no", "-x-", "ü"];
        expect(folders.map(projectName)).to.deep.equal([
            ...["shop", "My-Shop", "milvus", "milvus-2024", "milvus-no", "x", "milvus"],
        ]);
    });
});
