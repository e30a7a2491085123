import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { denialText } from "../../provider/milvus/transport/privilege";
import { privilegeOn } from "../support/fake/access";
import { methods } from "../support/fake/proto";
import { Version } from "../support/fake/version";
import { root, textOf } from "./pages";
import { block } from "./readme";
import { rows } from "./securityPage";

/** Files that name privileges, many of which are called as a call is. */
const names = ["milvus/access/privileges.ts", "milvus/transport/privilege.ts", `${sep}codes${sep}`];

/** Every call of the provider: each of its texts that is the name of a method. */
function calls(): Set<string> {
    const known = new Set(methods.map(({ name }) => name));
    const files = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .filter((file) => !names.some((name) => file.includes(name)));
    const texts = files.flatMap((file) =>
        [...readFileSync(join(root, "provider", file), "utf8").matchAll(/"([A-Z]\w+)"/g)].map(
            ([, text]) => text!,
        ),
    );
    return new Set(texts.filter((text) => known.has(text)));
}

const method = (name: string) => methods.find((one) => one.name === name)!;
const newest = new Version("3.0.0");

describe("the page of security", () => {
    it("lists each privilege that the protocol names for a call of the provider, and no other", () => {
        const asked = [...calls()].flatMap((call) => {
            const found = privilegeOn(method(call), newest);
            return found
                ? [`${found.privilege.replace("Privilege", "")} on ${found.object} for ${call}`]
                : [];
        });
        const listed = rows.flatMap(({ privilege, object, calls: of }) =>
            of.map(
                (call) =>
                    `${privilege} on ${object === "Collection" || object === "User" ? object : "Global"} for ${call}`,
            ),
        );
        expect(asked.length).to.be.greaterThan(50);
        expect(listed.sort()).to.deep.equal(asked.sort());
    });

    it("names each call that needs none", () => {
        const [, sentence = ""] = textOf("docs/security.md").split("Milvus asks for no privilege for ");
        const free = [...calls()].filter((call) => privilegeOn(method(call), newest) === undefined);
        expect(sentence.split(".")[0]!.match(/[A-Z]\w+/g)).to.have.members(free);
    });

    it("shows the error of a missing privilege", () => {
        const connection = Connection.parse({ address: "milvus:19530", username: "deployer", password: "a" });
        const asked = { object: "Collection", privilege: "Load", name: "docs_3fa9c1d", database: undefined };
        const text = denialText("", { asked, connection, version: "2.6.18" });
        expect(block("missing-privilege", "docs/security.md")).to.equal(
            `LoadCollection docs_3fa9c1d: ${text.replace(" ()", "")} [MV204]`,
        );
    });

    it("gives the level that the fix of MV204 goes by", () => {
        const connection = Connection.parse({ address: "milvus:19530" });
        for (const { privilege, object, level } of rows) {
            const asked = { object, privilege, name: "*", database: undefined };
            const text = denialText("", { asked, connection, version: "2.6.18" });
            const database = level === "cluster" ? "*" : "default";
            expect(text).to.include(`grant_privilege_v2(role, "${privilege}", "*", "${database}")`);
        }
    });

    it("lists what Milvus 2.3.5 asks for", () => {
        const former = new Version("2.3.5");
        const differ = [...calls()].filter(
            (call) =>
                privilegeOn(method(call), former)?.privilege !== privilegeOn(method(call), newest)?.privilege,
        );
        const [, section = ""] = textOf("docs/security.md").split("### Older servers");
        for (const call of differ)
            expect(section, call).to.match(new RegExp(`\\b(${call}|AlterAlias|GetLoad\\w+)\\b`));
    });
});
