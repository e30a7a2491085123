import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { unknownValue } from "../../../provider/inputs/argumentScan";
import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { providerOf } from "../../../provider/pulumi";
import { create, insert, open, ref, serve, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

interface Told {
    said: string[];
    failures: string[];
}

/** As a preview of a new resource: `check` alone, without old inputs. */
async function preview(
    address: string,
    args: Record<string, unknown>,
    { preview = "warn", resource = "Collection" }: { preview?: "warn" | "strict"; resource?: string } = {},
): Promise<Told> {
    const said: string[] = [];
    const policy = () => ({ destructive: "warn", planFormat: "text", preview }) as const;
    const { check } = providerOf(resource, { ...contextOf(address, said), policy });
    const news = { __owner: "shop/prod/docs", __logicalName: "docs", ...args };
    const { failures = [] } = await check({}, news);
    return { said, failures: failures.map(({ reason }) => reason) };
}

/** A warning by default, a failure in a strict preview; the server is as it was. */
async function expectTold(
    address: string,
    args: Record<string, unknown>,
    text: string | RegExp,
    resource = "Collection",
): Promise<void> {
    const matches = (found: string | undefined) =>
        typeof text === "string" ? expect(found).to.include(text) : expect(found).to.match(text);
    const lenient = await preview(address, args, { resource });
    expect(lenient.failures).to.deep.equal([]);
    expect(lenient.said).to.have.length(1);
    matches(lenient.said[0]);
    const strict = await preview(address, args, { resource, preview: "strict" });
    expect(strict.said).to.deep.equal([]);
    expect(strict.failures).to.have.length(1);
    matches(strict.failures[0]);
}

describe("a first preview", () => {
    const fields = smallest;

    it("warns of a server that cannot be reached, once for all resources", async () => {
        const nobody = "127.0.0.1:1";
        await expectTold(nobody, { fields }, /no Milvus answers there.*\[MV201\]$/m);
        const said: string[] = [];
        const { check } = providerOf("Collection", contextOf(nobody, said));
        for (const name of ["docs", "pages"])
            await check({}, { __owner: `shop/prod/${name}`, __logicalName: name, fields });
        expect(said).to.have.length(1);
    });

    it("fails where a proxy answers that forwards nothing to a Milvus", async () => {
        const proxy = createServer();
        proxy.on("stream", (stream) =>
            stream.respond(
                { ":status": 200, "content-type": "application/grpc", "grpc-status": "12" },
                { endStream: true },
            ),
        );
        await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
        const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
        try {
            const { failures } = await preview(address, { fields });
            expect(failures).to.have.length(1);
            expect(failures[0]).to.match(/^127.*is no Milvus.*\[MV360\]$/m);
        } finally {
            proxy.close();
        }
    });

    it("tells which types and indexes the server lacks", async () => {
        const { fake } = await open("2.3.5");
        const [id, vector] = fields;
        await expectTold(fake.address, { fields: [id, { ...vector, dataType: "Float16Vector" }] }, "[MV141]");
        await expectTold(
            fake.address,
            { fields: [id, vector, { name: "lang", dataType: "VarChar", nullable: true }] },
            /fields\[2\]\.nullable: .*\[MV115\]/,
        );
    });

    it("tells of a name that another collection has, and drops nothing", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        await expectTold(fake.address, { name: "docs", fields }, "a collection docs already exists");
        // What an interrupted creation left is in nobody's way, and stays until `up`.
        const marker = { owner: "shop/prod/docs", generation: "3fa9c1d", from: undefined } as const;
        await setProperties(client, ref("docs"), markerProperties({ ...marker, state: "building" }));
        const { said, failures } = await preview(fake.address, { name: "docs", fields });
        expect([...said, ...failures]).to.deep.equal([]);
        expect(fake.collections().map(({ name }) => name)).to.deep.equal(["docs"]);
    });

    it("tells of a name that is known though other arguments are not", async () => {
        const { fake, client } = await open("2.6.18");
        await create(client, "docs");
        await expectTold(fake.address, { name: "docs", fields: unknownValue }, "[MV301]");
        const { said, failures } = await preview(fake.address, { name: unknownValue, fields });
        expect([...said, ...failures]).to.deep.equal([]);
    });

    it("asks no server whose address is known only at up", async () => {
        const { said, failures } = await preview("127.0.0.1:1", {
            fields,
            connection: { address: unknownValue },
        });
        expect([...said, ...failures]).to.deep.equal([]);
    });

    it("tells of a replacement without a diff that would start empty beside rows", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs_3fa9c1d");
        await serve(client, "docs_3fa9c1d");
        await insert(client, "docs_3fa9c1d", { fields: smallest }, { id: ["1"] });
        const marker = {
            owner: "shop/prod/docs",
            generation: "3fa9c1d",
            from: undefined,
            state: "live",
        } as const;
        await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
        await expectTold(fake.address, { fields }, "[MV323]");
    });

    it("tells what an adoption would find", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        await serve(client, "docs");
        const same = await preview(fake.address, { name: "docs", adopt: true, fields });
        expect(same).to.deep.equal({ said: ["docs: docs is adopted as it is"], failures: [] });
        const [id, vector] = fields;
        const wider = { name: "docs", adopt: true, fields: [id, { ...vector, dim: 8 }] };
        const { said: differing } = await preview(fake.address, wider);
        expect(differing.join("\n"))
            .to.include("is adopted as it is")
            .and.to.include("[MV303]")
            .and.to.include("dim: 2");
        const described = { name: "docs", adopt: true, fields, properties: { "collection.ttl.seconds": 60 } };
        const { said } = await preview(fake.address, described);
        expect(said.join("\n"))
            .to.include("is adopted as it is, and differs from the program")
            .and.to.include("collection.ttl.seconds");
    });

    it("tells of the name of an alias that a collection has, or an alias of another collection", async () => {
        const { fake, client } = await open("2.6.18");
        await create(client, "docs");
        await create(client, "pages");
        await createAlias(client, { database: undefined, alias: "live" }, "docs");
        const { address } = fake;
        await expectTold(address, { name: "pages", collection: "docs" }, "[MV311]", "Alias");
        await expectTold(address, { name: "live", collection: "pages" }, "[MV310]", "Alias");
        for (const fine of [
            { name: "live", collection: "docs" },
            { name: "live", collection: "pages", adopt: true },
            // It may be the collection that the alias points at.
            { name: "live", collection: unknownValue },
        ]) {
            const { said, failures } = await preview(address, fine, { resource: "Alias" });
            expect([...said, ...failures]).to.deep.equal([]);
        }
    });

    it("tells of an alias of another stack before its own collection exists", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs_3fa9c1d");
        await createAlias(client, { database: undefined, alias: "live" }, "docs_3fa9c1d");
        const own = async (owner: string) => {
            const marker = { owner, generation: "3fa9c1d", from: undefined, state: "live" } as const;
            await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
        };
        const alias = { name: "live", collection: unknownValue };
        await own("shop/test/docs");
        await expectTold(
            fake.address,
            alias,
            /the alias live already exists and points at docs_3fa9c1d\. Set adopt: true to take it over, or choose another name \[MV310\]/,
            "Alias",
        );
        const { said, failures } = await preview(
            fake.address,
            { ...alias, adopt: true },
            { resource: "Alias" },
        );
        expect([...said, ...failures]).to.deep.equal([]);
        // One of this stack may keep its name, and the alias with it.
        await own("shop/prod/other");
        const { said: kept, failures: none } = await preview(fake.address, alias, { resource: "Alias" });
        expect([...kept, ...none]).to.deep.equal([]);
    });
});
