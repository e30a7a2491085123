import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import type { Capabilities, ObservedCollection } from "../../provider/observe/state";
import { type MigrationInput, planMigration } from "../../provider/plan/migration";
import { currentServer, recorded } from "../../provider/plan/offline";
import { collection } from "./arbitrary";

type Given = Partial<Collection>;
const { migration } = collection();
const server = { address: "a:19530", ssl: false, timeout: 30 };
const elsewhere = { ...server, address: "b:19530" };
const keeping = { migration: { ...migration, keepPrevious: true } };

interface Case {
    before?: Given;
    after?: Given;
    able?: Partial<Capabilities>;
    observed?: Partial<ObservedCollection>;
    input?: Partial<MigrationInput>;
}
function plan({ before = {}, after = {}, able = {}, observed = {}, input = {} }: Case) {
    const deployed = collection(before);
    return planMigration({
        deployed,
        target: collection(after),
        source: { ...recorded(deployed), name: "docs_3fa9c1d", ...observed },
        server: { ...currentServer, server: "milvus 2.5.4", ...able },
        statistics: {},
        bytes: undefined,
        previous: undefined,
        ...input,
    });
}
const said = (given: Case) =>
    plan(given).findings.map(({ code, path, message, fix }) =>
        [`${code} ${path}: ${message}`, ...(fix === undefined ? [] : [fix])].join(" "),
    );

describe("the cutover of a migration", () => {
    it("is a rename only if the name, the server and the database stay", () => {
        const cutover = (before: Given, after: Given) => plan({ before, after }).migration.cutover;
        const docs = { name: "docs" };
        expect(cutover(docs, docs)).to.equal("rename");
        expect(cutover({}, {})).to.equal("alias");
        expect(cutover(docs, { name: "pages" })).to.equal("alias");
        expect(cutover(docs, { ...docs, database: "other" })).to.equal("alias");
        expect(cutover({ ...docs, connection: server }, { ...docs, connection: elsewhere })).to.equal(
            "alias",
        );
    });

    it("needs a server that renames collections and keeps their metadata", () => {
        const docs = { before: { name: "docs" }, after: { name: "docs" } };
        expect(said(docs)).to.deep.equal([]);
        expect(said({ ...docs, able: { rename: false } })).to.deep.equal([
            "MV120 name: milvus 2.5.4 cannot rename a collection, so the copy cannot take the name docs. Omit name, so that each copy gets its own name. Or give the new schema another name.",
        ]);
        expect(said({ ...docs, able: { renameLosesMetadata: true } })).to.deep.equal([
            "MV185 name: milvus 2.5.4 loses the metadata of a collection that is renamed (milvus-io/milvus#43407). Upgrade to Milvus 2.5.15, or omit name.",
        ]);
        expect(said({ able: { rename: false, renameLosesMetadata: true } })).to.deep.equal([]);
    });

    it("leaves the old name taken only in the same place", () => {
        const renamed = { before: { name: "docs" }, after: { name: "pages" } };
        expect(said(renamed).map((line) => line.slice(0, 5))).to.deep.equal(["MV197"]);
        expect(said({ ...renamed, after: { name: "pages", database: "other" } })).to.deep.equal([]);
    });
});

describe("the old collection of a migration", () => {
    const dropped = (reason: string) => [
        `MV149 migration.keepPrevious: The old collection is dropped after the cutover: ${reason}.`,
    ];
    const retains = (given: Case) => plan(given).migration.retainsPrevious;

    it("is retained where the program asks for it", () => {
        expect(retains({ after: keeping })).to.equal(true);
        expect(said({ after: keeping })).to.deep.equal([]);
        expect(retains({})).to.equal(false);
        const on = { connection: { ...server, database: "a" } };
        expect(retains({ before: on, after: { ...on, ...keeping } })).to.equal(true);
        // The same connection reaches another database of the resource.
        expect(retains({ after: { ...keeping, database: "other" } })).to.equal(true);
    });

    it("is dropped where no later run could find it", () => {
        const off = { after: keeping, able: { alterProperties: false } };
        expect(said(off)).to.deep.equal(dropped("milvus 2.5.4 does not store properties of collections"));
        expect(retains(off)).to.equal(false);
        const moved = { before: { connection: server }, after: { ...keeping, connection: elsewhere } };
        expect(said(moved)).to.deep.equal(dropped("the new collection is on another server"));
        expect(retains(moved)).to.equal(false);
        const [a, b] = ["a", "b"].map((database) => ({ connection: { ...server, database } }));
        const other = { before: a!, after: { ...keeping, ...b } };
        expect(said(other)).to.deep.equal(dropped("the new collection uses another connection"));
        expect(retains(other)).to.equal(false);
        expect(said({ ...off, after: {} })).to.deep.equal([]);
    });

    it("is the one that a rollback restores, whose name is unknown without a server", () => {
        const back = { migration: { ...migration, rollback: "previous" as const } };
        const observed = { ...recorded(collection()), name: "docs_ba4d643" };
        const to = (previous: MigrationInput["previous"], after: Given = back) =>
            plan({ after, input: { previous } }).migration.rollbackTo;
        expect(to({ observed, differs: [], lineage: undefined })).to.equal("docs_ba4d643");
        expect(to("unknown")).to.equal("the retained collection");
        expect(to(undefined)).to.equal("the retained collection");
        expect(to(undefined, {})).to.equal(undefined);
    });

    it("gives a rollback none of its settings", () => {
        const back = { migration: { ...migration, rollback: "previous" as const } };
        const observed = { description: "by a client" };
        expect(
            plan({ after: back, observed, input: { previous: "unknown" } }).migration.wanted.description,
        ).to.equal("");
        const copied = plan({ observed });
        expect(copied.migration.wanted.description).to.equal("by a client");
        expect(said({ observed })).to.deep.equal(["MV175 name: Kept as on the server: the description."]);
        expect(said({ after: back, observed, input: { previous: "unknown" } })).to.deep.equal([]);
    });
});

describe("a note about a migration", () => {
    it("is made of a time to live, and of none that keeps all rows", () => {
        const ttl = (seconds: string) => ({ properties: { "collection.ttl.seconds": seconds } });
        const found = (seconds: string) => said({ before: ttl(seconds), after: ttl(seconds) });
        expect(found("60")).to.deep.equal([
            "MV116 properties: TTL counts from the insert: copied rows live for another 60 s.",
        ]);
        for (const seconds of ["0", "-1", "none"]) expect(found(seconds), seconds).to.deep.equal([]);
    });

    it("names the aliases of the old collection", () => {
        const move = "Aliases of this program are moved. Move any others yourself.";
        expect(said({ observed: { aliases: ["live"] } })).to.deep.equal([
            `MV127 name: The alias live points at docs_3fa9c1d. ${move}`,
        ]);
        expect(said({ observed: { aliases: ["live", "beta"] } })).to.deep.equal([
            `MV127 name: The aliases live, beta point at docs_3fa9c1d. ${move}`,
        ]);
    });

    it("warns of the bugs of the server, and of writes that are not carried over", () => {
        const found = said({
            after: { migration: { ...migration, verify: "count" } },
            able: { version: [2, 5, 4] },
        }).map((line) => line.slice(0, 5));
        expect(found).to.deep.equal(["MV148", "MV186"]);
    });
});
