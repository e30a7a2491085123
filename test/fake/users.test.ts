import { expect } from "chai";

import { createRole, roleUsers } from "../../provider/milvus/access/roles";
import { createUser, giveRole, updatePassword, userRoles } from "../../provider/milvus/access/users";
import { lives } from "../../provider/lives";
import type { Props } from "../../provider/resource/session/props";
import { contextOf } from "../resource/context/contextOf";
import { failure } from "./failure";
import { open } from "./open";

const said = async (call: Promise<unknown>): Promise<string> => (await failure(call)).message;

const [old, now, other] = ["Old-Secret-1", "New-Secret-2", "By-Hand-3"];
const hidden = { __owner: "access/test/alice", __logicalName: "alice" };
const user = (more: object = {}): Props => ({
    name: "alice",
    password: old,
    roles: ["reader"],
    ...more,
    ...hidden,
});

async function started(version: string) {
    const { client, fake } = await open(version);
    const lines: string[] = [];
    const context = { ...contextOf(fake.address), print: (line: string) => void lines.push(line) };
    for (const role of ["reader", "other"]) await createRole(client, role);
    return { client, fake, lines, user: lives.User!(context), role: lives.Role!(context) };
}

/** Whether the password is the present one. */
const isPassword = (client: Awaited<ReturnType<typeof started>>["client"], password: string) =>
    updatePassword(client, "alice", { old: password, now: password }).then(
        () => true,
        () => false,
    );

describe("users and roles (fake)", () => {
    for (const version of ["2.3.5", "2.6.18", "3.0.0"]) {
        it(`rotate a password that is known, or that an interrupted run has set already, on ${version}`, async () => {
            const { client, fake, lines, user: life } = await started(version);
            await life.create(user());
            await life.update(user(), user({ password: now }));
            expect(await isPassword(client, now)).to.equal(true);
            await life.update(user(), user({ password: now }));
            expect(await isPassword(client, now)).to.equal(true);
            expect(fake.calls).to.not.include("DeleteCredential");
            expect(lines).to.deep.equal([]);
        });

        it(`create a user whose password nobody knows again, with the roles of others, on ${version}`, async () => {
            const { client, lines, user: life } = await started(version);
            await life.create(user());
            await giveRole(client, "alice", "other");
            await updatePassword(client, "alice", { old, now: other });
            await life.update(user(), user({ password: now }));
            expect(await isPassword(client, now)).to.equal(true);
            expect(await userRoles(client, "alice")).to.have.members(["reader", "other"]);
            expect(lines.join()).to.include("with the roles reader, other");
        });

        it(`drop a role with privileges and users by force alone on ${version}`, async () => {
            const { client, fake, role: life } = await started(version);
            await client.call("CreateDatabase", { db_name: "library" });
            await createUser(client, "alice", old);
            await giveRole(client, "alice", "reader");
            for (const database of ["default", "library"])
                await client.call("OperatePrivilege", {
                    entity: {
                        role: { name: "reader" },
                        object: { name: "Collection" },
                        object_name: "docs",
                        db_name: database,
                        grantor: { user: { name: "root" }, privilege: { name: "Search" } },
                    },
                    type: "Grant",
                });
            const reader = { name: "reader", __owner: "access/test/reader", __logicalName: "reader" };
            const refused = await said(life.delete(reader));
            expect(refused).to.include("the privilege Search on collection docs in the database library");
            expect(refused).to.include("the user alice").and.include("[MV410]");
            expect(await roleUsers(client, "reader")).to.deep.equal(["alice"]);

            await life.delete({ ...reader, forceDestroy: true });
            expect(await roleUsers(client, "reader")).to.equal(undefined);
            expect(await userRoles(client, "alice")).to.deep.equal([]);
            expect(fake.grants()).to.deep.equal([]);
            await life.delete(reader);
        });
    }

    it("leave no half of a user behind, and no password in an error", async () => {
        const { client, fake, user: life } = await started("2.6.18");
        const missing = await said(life.create(user({ roles: ["nobody"] })));
        expect(missing).to.include("the role nobody does not exist").and.include("[MV415]");
        for (const rpc of ["CreateCredential", "OperateUserRole"] as const) {
            fake.failNext(rpc, { code: 65535, reason: "etcd is away" });
            const failed = await said(life.create(user()));
            expect(failed).to.include("etcd is away").and.not.include(old);
            expect(await userRoles(client, "alice")).to.equal(undefined);
        }
        await life.create(user());
        fake.failNext("UpdateCredential", { code: 65535, reason: "etcd is away" });
        const failed = await said(life.update(user(), user({ password: now })));
        expect(failed).to.include("etcd is away").and.not.include(old).and.not.include(now);
        expect(await isPassword(client, old)).to.equal(true);
    });

    it("keep the root user and the built-in roles, and set no password of root that nobody knows", async () => {
        const { client, fake, lines, user: life, role } = await started("3.0.0");
        const root = user({ name: "root", roles: [], adopt: true });
        await life.delete(root);
        await role.delete({
            name: "admin",
            adopt: true,
            __owner: "access/test/admin",
            __logicalName: "admin",
        });
        expect(lines).to.have.length(2);
        expect(fake.calls).to.not.include("DeleteCredential").and.not.include("DropRole");
        expect(await said(life.update(root, { ...root, password: now }))).to.include("[MV411]");
        expect(await userRoles(client, "root")).to.deep.equal([]);
    });

    it("name no argument whose value is a secret as the place of a mistake: the engine would print it", async () => {
        const { user: life } = await started("2.6.18");
        for (const password of ["short", 12, undefined, "x".repeat(73)]) {
            const { failures } = await life.check(undefined, user({ password }));
            expect(failures).to.have.length(1);
            expect(failures[0]).to.have.property("property", "");
            expect(failures[0]!.reason)
                .to.match(/^password: /)
                .and.not.match(/short|xxx/);
        }
    });

    it("are not there on a server without them", async () => {
        const { fake } = await open("2.6.18", { lacks: ["SelectUser", "SelectRole"] });
        for (const type of ["User", "Role"]) {
            const life = lives[type]!(contextOf(fake.address));
            const props = type === "User" ? user() : { name: "reader", ...hidden };
            expect(await said(life.create(props))).to.include("[MV401]");
        }
    });

    it("show no change for roles in another order, and take what an import cannot read from the program", async () => {
        const { client, user: life } = await started("2.6.18");
        await createUser(client, "alice", old);
        for (const role of ["reader", "other"]) await giveRole(client, "alice", role);
        const imported = (await life.import("alice", hidden))!;
        expect(imported.inputs).to.deep.equal({ name: "alice", roles: ["other", "reader"] });
        const diffed = await life.diff({ ...imported.outs, ...hidden }, user({ roles: ["reader", "other"] }));
        expect(diffed.changes).to.equal(false);
        expect((await life.read("alice", { ...imported.outs, ...hidden }))!.props).to.not.have.property(
            "password",
        );
    });
});
