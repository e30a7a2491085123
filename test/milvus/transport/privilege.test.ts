import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import { deleteKeys } from "../../../provider/milvus/rows/inserts";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { askedBy, denialText } from "../../../provider/milvus/transport/privilege";
import { rpc } from "../../../provider/milvus/transport/protocol";
import { Connection } from "../../../provider/inputs/schema/connection";
import { failure } from "../../fake/failure";
import { open, ref } from "../../fake/open";

const connection = Connection.parse({ address: "milvus:19530", token: "deployer:secret-1" });
const asked = (method: string, request: object) => {
    const known = rpc(method);
    return askedBy(known.path, known.encode(request as Record<string, unknown>));
};
const text = (details: string, method: string, request: object, version?: string) =>
    denialText(details, { asked: asked(method, request), connection, version });

describe("the privilege of a call", () => {
    it("is the one of the protocol, on the object that the request names", () => {
        const at = { db_name: "library", collection_name: "docs" };
        const docs = { object: "Collection", name: "docs", database: "library" };
        expect(asked("LoadCollection", at)).to.deep.equal({ ...docs, privilege: "Load" });
        expect(asked("GetLoadState", at)).to.deep.equal({ ...docs, privilege: "GetLoadState" });
        const rows = { ...at, num_rows: 2, hash_keys: [1, 2], partition_name: "y2023" };
        expect(asked("Insert", rows)).to.deep.equal({ ...docs, privilege: "Insert" });
        expect(asked("Flush", { db_name: "library", collection_names: ["docs"] })).to.deep.equal({
            ...docs,
            privilege: "Flush",
        });
        const all = { object: "Global", name: "*", database: "library" };
        expect(asked("CreateCollection", at)).to.deep.equal({ ...all, privilege: "CreateCollection" });
        expect(asked("AlterCollection", at)).to.deep.equal({ ...all, privilege: "CreateCollection" });
        expect(asked("SelectUser", { user: { name: "alice" } })).to.include({
            object: "User",
            name: "alice",
            privilege: "SelectUser",
        });
        expect(asked("ShowCollections", {})).to.deep.equal({
            object: "Global",
            name: "*",
            privilege: undefined,
            database: undefined,
        });
    });

    const load = { collection_name: "docs" };
    it("is named with the user and the grant to give, for the server's version", () => {
        const said = "PrivilegeLoad: permission deny to deployer in the `default` database";
        const lacks = "deployer lacks the privilege Load on Collection docs, database default. ";
        for (const version of ["v2.5.16", "2.6.0", "v3.0.0", undefined])
            expect(text(said, "LoadCollection", load, version))
                .to.include(lacks)
                .and.include(
                    'all collections, because a migration creates new ones: grant_privilege_v2(role, "Load", "*", "default")',
                );
        for (const version of ["v2.3.5", "2.4.23"])
            expect(text(said, "LoadCollection", load, version)).to.include(
                'grant_privilege(role, "Collection", "Load", "*", "default")',
            );
    });

    it("is the one that the server names, where it asks for another than our protocol", () => {
        expect(text("PrivilegeLoad: permission deny", "GetLoadState", load, "v2.3.5")).to.include(
            "deployer lacks the privilege Load on Collection docs, database default",
        );
        expect(text("PrivilegeShowCollections: permission deny", "ShowCollections", {}, "v2.3.5")).to.include(
            'deployer lacks the privilege ShowCollections on Global *, database default. Grant it to a role of this user: grant_privilege(role, "Global", "ShowCollections", "*", "default")',
        );
    });

    it("of the cluster is granted on all databases", () => {
        const said = "PrivilegeRenameCollection: permission deny to deployer in the `library` database";
        expect(text(said, "RenameCollection", {}, "v2.5.16"))
            .to.include("on Global *, database library")
            .and.include('grant_privilege_v2(role, "RenameCollection", "*", "*")');
    });

    it("of an API key, and of another proxy's refusal, says what is known", () => {
        const said = "PrivilegeLoad: permission deny to apikey user in the `default` database";
        expect(text(said, "LoadCollection", load)).to.match(/^apikey user lacks the privilege Load/);
        expect(text("not here", "LoadCollection", load)).to.include(
            "deployer lacks the privilege Load on Collection docs, database default (not here). Grant it",
        );
        expect(text("not here", "ShowCollections", {})).to.equal("deployer lacks the privilege (not here)");
    });

    it("is in the error of each way that a call is sent, and no password", async () => {
        const { fake } = await open("2.6.18");
        fake.failNext("LoadCollection", {
            grpc: status.PERMISSION_DENIED,
            details: "PrivilegeLoad: permission deny to deployer in the `default` database",
        });
        fake.failNext("Delete", {
            grpc: status.PERMISSION_DENIED,
            details: "PrivilegeDelete: permission deny to deployer in the `default` database",
        });
        const client = await MilvusClient.connect(
            Connection.parse({ address: fake.address, token: "deployer:secret-1" }),
        );
        const errors = [
            await failure(loadCollection(client, ref("docs"), { replicas: 1, resourceGroups: [] })),
            await failure(
                deleteKeys(client, ref("docs"), {
                    field: "id",
                    keys: ["1"],
                    partition: undefined,
                    lineBreaks: "letter",
                }),
            ),
        ];
        client.close();
        expect(errors.map(({ message }) => message.split(".")[0])).to.deep.equal([
            "LoadCollection docs: deployer lacks the privilege Load on Collection docs, database default",
            "Delete docs: deployer lacks the privilege Delete on Collection docs, database default",
        ]);
        for (const { message } of errors)
            expect(message)
                .to.match(/\[MV204\]$/)
                .and.not.include("secret-1");
    });
});
