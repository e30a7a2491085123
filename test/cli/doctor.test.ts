import { expect } from "chai";

import { activities, observeRights } from "../../provider/observe/rights";
import { neededFor } from "../docs/securityPage";
import { open } from "../fake/open";
import { startFake } from "../support/fake";
import type { Access, Asked } from "../support/fake/access";
import { runCommand } from "../support/cli/testIo";

/** A server that refuses some privileges to its user. */
function refusing(...privileges: string[]) {
    const lacks = ({ privilege }: Asked) => privileges.includes(privilege.replace(/^Privilege/, ""));
    const access = { knows: () => true, allows: (asked: Asked) => !lacks(asked) };
    return startWith(access);
}

const startWith = (access: Access) => startFake({ version: "2.6.18", access });

describe("doctor", () => {
    it("says what a server is and can do", async () => {
        const { fake } = await open("2.6.18", { pending: 0 });
        const { out, code } = await runCommand(["doctor", "--address", fake.address]);
        expect(code).to.equal(0);
        expect(out).to.match(/^[\d.:]+: milvus 2\.6\.18\n {2}no user, database default, without TLS\n/);
        expect(out).to.include("everything that the provider does is allowed");
        expect(out).to.include("yes  add a nullable field").and.include("no   drop a field (migrates)");
        expect(fake.collections()).to.deep.equal([]);
    });

    it("names what a user lacks, and how it is granted", async () => {
        const fake = await refusing("Insert", "CreateAlias");
        const argv = ["doctor", "--address", fake.address, "--username", "deployer", "--password", "secret"];
        const { out, err } = await runCommand(argv);
        expect(out, err).to.include("yes  change a collection in place");
        expect(out).to.include("no   migrate a collection by its alias: lacks Insert, CreateAlias");
        expect(out).to.match(/deployer lacks the privilege Insert .*grant_privilege_v2\(role, "Insert"/);
        expect(out).to.not.include("secret");
        const { json } = await runCommand([...argv, "--json"]);
        expect((json()[0]!.result as { rights: { kind: string } }).rights.kind).to.equal("some");
        fake.stop();
    });

    it("says what is wrong with a password, without a trace", async () => {
        const fake = await startWith({ knows: () => false, allows: () => true });
        const { err, code } = await runCommand([
            "doctor",
            "--address",
            fake.address,
            "--token",
            "root:wrong",
        ]);
        expect(code).to.equal(1);
        expect(err)
            .to.match(/^error: .*token or password rejected.*--token.*\[MV203\]\n  see: .+#mv203\n$/)
            .and.not.include("wrong");
        fake.stop();
    });

    it("asks for the privileges that docs/security.md lists for each thing", () => {
        // A mention of another activity within a sentence counts as a need of all that it needs.
        const more = ["SelectOwnership", "ManageOwnership"];
        for (const [activity, privileges] of Object.entries(activities)) {
            const listed = [...neededFor(activity)];
            expect(listed, activity).to.include.members([...new Set(privileges)]);
            expect([...privileges, ...more], activity).to.include.members(listed);
        }
    });

    it("asks for every privilege without a change, on each version", async () => {
        for (const version of ["2.3.5", "2.5.10", "2.6.18", "3.0.0"]) {
            const { client, fake } = await open(version, { pending: 0 });
            const rights = await observeRights(client);
            expect([...rights.values()].every((right) => typeof right === "string")).to.equal(true);
            expect(fake.collections()).to.deep.equal([]);
        }
    });
});
