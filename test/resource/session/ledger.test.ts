import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { FallbackLedger } from "../../../provider/resource/session/fallbackLedger";
import { FileLedger, MemoryLedger } from "../../../provider/resource/session/ledger";
import { PropsLedger, withCredentialsOf } from "../../../provider/resource/session/propsLedger";

describe("the ledger of a run", () => {
    let root: string;
    beforeEach(() => (root = join(mkdtempSync(join(tmpdir(), "ledger-")), "runs")));
    afterEach(() => rmSync(join(root, ".."), { recursive: true, force: true }));

    it("is read by every process of the run, and by no other run", () => {
        const [one, same, other] = ["a", "a", "b"].map((run) => new FileLedger(run, root));
        expect(one!.get("active:docs")).to.equal(undefined);
        expect(one!.list("")).to.deep.equal([]);
        one!.set("active:docs", "1");
        one!.set("replaced:docs", "2");
        expect(same!.get("active:docs")).to.equal("1");
        expect(same!.list("replaced:")).to.deep.equal(["2"]);
        expect(other!.get("active:docs")).to.equal(undefined);
        expect(other!.list("")).to.deep.equal([]);
        same!.delete("active:docs");
        same!.delete("active:docs");
        expect(one!.get("active:docs")).to.equal(undefined);
    });

    it("can be read by its user alone", () => {
        const ledger = new FileLedger("a", root);
        ledger.set("active:docs", "1");
        const [folder] = readdirSync(root);
        const [file] = readdirSync(join(root, folder!));
        expect(statSync(root).mode & 0o077).to.equal(0);
        expect(statSync(join(root, folder!, file!)).mode & 0o077).to.equal(0);
    });

    it("is not written to a folder that others can read", () => {
        mkdirSync(root, { mode: 0o755 });
        expect(() => new FileLedger("a", root).set("key", "value")).to.throw("others can read it");
    });

    it("removes what a run of more than a week ago has left, and nothing younger", () => {
        new FileLedger("old", root).set("key", "value");
        const [old] = readdirSync(root);
        const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
        utimesSync(join(root, old!), days(6), days(6));
        new FileLedger("new", root).set("key", "value");
        expect(readdirSync(root)).to.have.length(2);
        utimesSync(join(root, old!), days(8), days(8));
        new FileLedger("newer", root).set("key", "value");
        expect(readdirSync(root)).to.not.include(old);
        expect(readdirSync(root)).to.have.length(2);
    });

    it("goes on in memory where the disk refuses, and says so once", () => {
        mkdirSync(root, { mode: 0o755 });
        const said: string[] = [];
        const ledger = new FallbackLedger(
            new FileLedger("a", root),
            ({ message }) => void said.push(message),
        );
        ledger.set("active:docs", "1");
        ledger.set("active:pages", "2");
        expect(ledger.get("active:docs")).to.equal("1");
        expect(ledger.list("active:")).to.deep.equal(["1", "2"]);
        ledger.delete("active:docs");
        expect(ledger.get("active:docs")).to.equal(undefined);
        expect(said).to.have.length(1);
    });
});

describe("the properties of a resource in a ledger", () => {
    const connection = { address: "milvus:19530", token: "hunter2", password: "hunter3", username: "root" };
    const props = { collectionName: "docs", connection };

    it("hold no credentials, which the process that wrote them still has", () => {
        const ledger = new MemoryLedger();
        const writer = new PropsLedger(ledger);
        writer.set("active:docs", props);
        expect(ledger.get("active:docs")).to.not.match(/hunter/);
        expect(writer.get("active:docs")).to.deep.equal(props);
        expect(writer.list("active:")).to.deep.equal([props]);
        const reader = new PropsLedger(ledger);
        const { address, username } = connection;
        expect(reader.get("active:docs")).to.deep.equal({ ...props, connection: { address, username } });
    });

    it("get them from another resource of the same address alone", () => {
        const { address, username } = connection;
        const bare = { ...props, connection: { address, username } };
        expect(withCredentialsOf(bare, props)).to.deep.equal(props);
        const elsewhere = { connection: { ...connection, address: "other:19530" } };
        expect(withCredentialsOf(bare, elsewhere)).to.deep.equal(bare);
        expect(withCredentialsOf(bare, {})).to.deep.equal(bare);
        expect(withCredentialsOf({ collectionName: "docs" }, props)).to.deep.equal({
            collectionName: "docs",
        });
    });

    it("are written in a state that no credential of a file can be read from", () => {
        const root = join(mkdtempSync(join(tmpdir(), "ledger-")), "runs");
        new PropsLedger(new FileLedger("a", root)).set("active:docs", props);
        const [folder] = readdirSync(root);
        const [file] = readdirSync(join(root, folder!));
        expect(readFileSync(join(root, folder!, file!), "utf8"))
            .to.include("docs")
            .and.not.match(/hunter/);
        rmSync(join(root, ".."), { recursive: true, force: true });
    });
});
