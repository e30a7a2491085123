import { expect } from "chai";

import { createRole, roleUsers } from "../../provider/milvus/access/roles";
import {
    createUser,
    dropUser,
    giveRole,
    logsIn,
    takeRole,
    updatePassword,
    userRoles,
} from "../../provider/milvus/access/users";
import { grant } from "../../provider/milvus/access/operateGrant";
import type { MilvusClient } from "../../provider/milvus/transport/client";
import { type Open, onStacks } from "../support/data/onStacks";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import type { Result } from "../../scripts/engine/stack";
import { withAuthorization } from "../support/servers/authorization";

const [first, second, third] = ["Old-Secret-1", "New-Secret-2", "By-Hand-3"];

/** A role, and a user that has it; both with the name of the test. */
const program = ({ prefix }: Site, password: string, roles = ["reader"], args = ""): Declared => ({
    collections: {},
    objects: {
        ...Object.fromEntries(roles.map((role) => [`${prefix}${role}`, { type: "Role", args: "{}" }])),
        [`${prefix}alice`]: {
            type: "User",
            args: `{ password: ${JSON.stringify(password)}, roles: [${roles
                .map((role) => `made["${prefix}${role}"].name`)
                .join(", ")}]${args} }`,
        },
    },
});

const roleAlone = ({ prefix }: Site, args = "{}"): Declared => ({
    collections: {},
    objects: { [`${prefix}reader`]: { type: "Role", args } },
});

/** Whatever a run tells, and the state, hold none of these passwords, in no spelling. */
async function expectHidden(site: Site, results: Result[], passwords: string[]): Promise<void> {
    const told = [...results.map((result) => JSON.stringify(result)), JSON.stringify(await site.state())];
    for (const password of passwords)
        for (const spelling of [password, Buffer.from(password).toString("base64")])
            for (const text of told) expect(text).to.not.include(spelling);
}

onStacks("users and roles of the program", { servers: ["milvus-2.3.5"], fastTests: 1 }, (open: Open) => {
    /** A site as root, while Milvus asks everybody who they are. */
    const authorized = async (action: (site: Site, name: string) => Promise<void>) => {
        const { server } = await open();
        await withAuthorization(server, async (token) => {
            const site = await open({ token });
            await action(site, `${site.prefix}alice`);
        });
    };

    const expectGone = async (client: MilvusClient, { prefix }: Site) => {
        expect(await userRoles(client, `${prefix}alice`)).to.equal(undefined);
        expect(await roleUsers(client, `${prefix}reader`)).to.equal(undefined);
    };

    it("are created, log in with each new password at once, and are gone after a destroy", () =>
        authorized(async (site, alice) => {
            const { client, stack, prefix } = site;
            await stack.setConfig("milvus:planFormat", "json");
            const told: Result[] = [];
            await site.declare(program(site, first));
            told.push(expectOk(await stack.preview()), expectOk(await stack.up()));
            expect(await userRoles(client, alice)).to.deep.equal([`${prefix}reader`]);
            expect(await logsIn(client, alice, first)).to.equal(true);
            expect((await stack.up()).ops.same).to.equal(2);

            await site.declare(program(site, second));
            const preview = expectOk(await stack.preview());
            expect(preview.output).to.include(`the password of the user ${alice} changes in place`);
            const up = expectOk(await stack.up());
            expect(up.ops.update).to.equal(1);
            expect(await logsIn(client, alice, second)).to.equal(true);
            expect(await logsIn(client, alice, first)).to.equal(false);
            const again = expectOk(await stack.up());
            expect(again.ops.same).to.equal(2);
            const refresh = expectOk(await stack.refresh());
            expect((await stack.up()).ops.same).to.equal(2);

            await site.declare(program(site, "short"));
            const refused = await stack.up();
            expectFailure(refused, "6 to 72 bytes", "[MV097]");
            await site.declare(program(site, second, ["reader"], `, name: "not-a-name"`));
            const renamed = await stack.up();
            expectFailure(renamed, "[MV007]");
            const destroy = expectOk(await stack.destroy());
            await expectGone(client, site);
            const all = [...told, preview, up, again, refresh, refused, renamed, destroy];
            await expectHidden(site, all, [first, second]);
        }));

    it("are found changed by a refresh, and put back by the next up", () =>
        authorized(async (site, alice) => {
            const { client, stack, prefix } = site;
            await site.deploy(program(site, first, ["reader", "writer"]));
            await createRole(client, `${prefix}other`);
            await giveRole(client, alice, `${prefix}other`);
            expectOk(await stack.refresh());
            expect((await stack.up()).ops.same, "somebody else's role is no drift").to.equal(3);

            await takeRole(client, alice, `${prefix}writer`);
            await updatePassword(client, alice, { old: first, now: third });
            const refreshed = expectOk(await stack.refresh());
            expect(refreshed.ops.update).to.equal(1);
            const put = expectOk(await stack.up());
            expect(put.ops.update).to.equal(1);
            expect(put.output).to.include("nobody knows the present password");
            expect(await logsIn(client, alice, first)).to.equal(true);
            expect(await logsIn(client, alice, third)).to.equal(false);
            expect(await userRoles(client, alice)).to.have.members(
                ["reader", "writer", "other"].map((role) => `${prefix}${role}`),
            );
            expect((await stack.up()).ops.same).to.equal(3);

            await dropUser(client, alice);
            expectOk(await stack.refresh());
            expect((await stack.up()).ops.create).to.equal(1);
            expect(await logsIn(client, alice, first)).to.equal(true);

            await giveRole(client, alice, `${prefix}other`);
            await site.deploy(program(site, first, ["reader"]));
            expect(await userRoles(client, alice)).to.have.members([`${prefix}reader`, `${prefix}other`]);
            const destroy = expectOk(await stack.destroy());
            await expectGone(client, site);
            expect(await roleUsers(client, `${prefix}other`)).to.deep.equal([]);
            await client.call("DropRole", { role_name: `${prefix}other` });
            await expectHidden(site, [refreshed, put, destroy], [first, third]);
        }));

    it("are taken over with adopt alone, and with the password that the program declares", () =>
        authorized(async (site, alice) => {
            const { client, stack, prefix } = site;
            await createRole(client, `${prefix}reader`);
            await createUser(client, alice, third);
            await site.declare(program(site, first));
            const preview = await stack.preview();
            expect(preview.output).to.include("[MV400]");
            const refused = await stack.up();
            expectFailure(refused, "[MV400]");

            const adopting = program(site, first, ["reader"], ", adopt: true");
            adopting.objects![`${prefix}reader`]!.args = "{ adopt: true }";
            const up = await site.deploy(adopting);
            expect(await logsIn(client, alice, first)).to.equal(true);
            expect(await userRoles(client, alice)).to.deep.equal([`${prefix}reader`]);
            expect((await stack.up()).ops.same).to.equal(2);
            expectOk(await stack.destroy());
            await expectGone(client, site);
            await expectHidden(site, [preview, refused, up], [first, third]);
        }));

    it("refuse to drop the user of the connection, or to take its roles", () =>
        authorized(async (site, alice) => {
            const { client, prefix } = site;
            await createUser(client, alice, first);
            await createRole(client, `${prefix}reader`);
            for (const role of ["admin", `${prefix}reader`]) await giveRole(client, alice, role);
            const own = await open({ token: `${alice}:${first}` });
            const reader = { type: "Role", args: `{ name: "${prefix}reader", adopt: true }` };
            const user = (name: string, roles: string) => ({
                type: "User",
                args: `{ name: "${name}", password: "${first}", roles: [${roles}], adopt: true }`,
            });
            const both = `"admin", "${prefix}reader"`;
            await own.deploy({ collections: {}, objects: { reader, self: user(alice, both) } });

            await own.declare({ collections: {}, objects: { reader, self: user(alice, `"admin"`) } });
            expectFailure(await own.stack.preview(), `${prefix}reader is not taken away`, "[MV413]");
            expectFailure(await own.stack.up(), "[MV413]");
            const another = { reader, self: user(`${prefix}bob`, `"admin"`) };
            await own.declare({ collections: {}, objects: another });
            expectFailure(await own.stack.preview(), "connects as this user", "[MV412]");
            await own.declare({ collections: {}, objects: { self: user(alice, both) } });
            expectFailure(await own.stack.up(), "who has this role", "[MV414]");
            await own.declare({ collections: {}, objects: { reader } });
            expectFailure(await own.stack.up(), "[MV412]");
            expect(await userRoles(client, alice)).to.have.members(["admin", `${prefix}reader`]);

            await dropUser(client, alice);
            await client.call("DropRole", { role_name: `${prefix}reader` });
        }));

    it("keep a role that somebody else uses, and lose it with forceDestroy", async () => {
        const { server } = await open();
        const site = await open({ config: { address: server.address, token: "root:Milvus" } });
        const { client, stack, prefix } = site;
        const reader = `${prefix}reader`;
        await site.deploy(roleAlone(site));
        await createUser(client, `${prefix}bob`, first);
        await giveRole(client, `${prefix}bob`, reader);
        await client.call("CreateDatabase", { db_name: `${prefix}library` });
        const admin = (await open({ token: "root:Milvus" })).client;
        for (const database of ["default", `${prefix}library`])
            await grant(
                admin,
                { database, name: "docs" },
                { role: reader, privilege: "Search", grantor: "root" },
            );
        await site.declare({ collections: {} });
        const failure = expectFailure(await stack.up(), `the user ${prefix}bob`, "[MV410]");
        expect(failure).to.include("the privilege Search on collection docs in the database default");
        expect(failure).to.include(`in the database ${prefix}library`);
        expect(await roleUsers(client, reader)).to.deep.equal([`${prefix}bob`]);

        await site.deploy(roleAlone(site, "{ forceDestroy: true }"));
        await site.deploy({ collections: {} });
        expect(await roleUsers(client, reader)).to.equal(undefined);
        // 2.3.5 leaves privileges in other databases behind, and gives them to the next role of that name.
        await createRole(client, reader);
        const entity = { role: { name: reader }, db_name: `${prefix}library` };
        expect((await client.call("SelectGrant", { entity })).entities).to.deep.equal([]);
        await client.call("DropRole", { role_name: reader });
        await dropUser(client, `${prefix}bob`);
        await client.call("DropDatabase", { db_name: `${prefix}library` });
    });

    it("are imported without a change on the next up, and rotated from there", function () {
        return authorized(async (site, alice) => {
            if (site.adapter !== "native") this.skip();
            const { client, stack, prefix } = site;
            await createRole(client, `${prefix}reader`);
            await createUser(client, alice, first);
            await giveRole(client, alice, `${prefix}reader`);
            const options = {
                [alice]: `{ import: "${alice}" }`,
                [`${prefix}reader`]: `{ import: "${prefix}reader" }`,
            };
            await site.deploy({ ...program(site, first), options });
            expect((await stack.up()).ops.same).to.equal(2);
            expectOk(await stack.refresh());
            expect((await stack.up()).ops.same).to.equal(2);

            const rotated = await site.deploy(program(site, second));
            expect(rotated.ops.update).to.equal(1);
            expect(rotated.output).to.not.include("nobody knows");
            expect(await logsIn(client, alice, second)).to.equal(true);
            expectOk(await stack.destroy());
            await expectGone(client, site);
            await expectHidden(site, [rotated], [first, second]);
        });
    });
});

onStacks(
    "a password in the real engine",
    { servers: ["milvus-2.3.5"], cli: ["milvus-2.3.5"], fast: [], once: true, native: false },
    (open: Open) => {
        it("is in no output and no state, also where the program is refused", async () => {
            const { server } = await open();
            const site = await open({ config: { address: server.address, token: "root:Milvus" } });
            const { stack } = site;
            await site.declare(program(site, first));
            const told = [await stack.up()];
            await site.declare(program(site, second));
            told.push(await stack.up());
            const tooLong = `${third}${"x".repeat(72)}`;
            await site.declare(program(site, tooLong));
            const refused = await stack.up();
            expectFailure(refused, "[MV097]");
            told.push(await stack.destroy());
            told.forEach(expectOk);
            await expectHidden(site, [...told, refused], [first, second, tooLong]);
        });
    },
);
