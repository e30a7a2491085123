import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ServerCredentials } from "@grpc/grpc-js";
import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import { MilvusError } from "../../../provider/milvus/transport/errors";
import { Connection } from "../../../provider/inputs/schema/connection";
import { type FakeMilvus, startFake } from "../../support/fake";

describe("a TLS connection", () => {
    let folder: string;
    let server: FakeMilvus;
    const file = (name: string) => join(folder, name);

    /** A self-signed certificate, as teams create for their own Milvus. */
    const certify = (name: string) =>
        execFileSync(
            "openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`].concat([
                "-addext",
                `subjectAltName=DNS:${name}`,
                "-keyout",
                file(`${name}.key`),
                "-out",
                file(`${name}.pem`),
            ]),
            { stdio: "ignore" },
        );
    const connect = async (settings: Partial<Connection>): Promise<string> => {
        const address = `https://${server.address}`;
        const client = await MilvusClient.connect(Connection.parse({ address, timeout: 5, ...settings }));
        const { version } = await client.call("GetVersion", {});
        client.close();
        return version as string;
    };
    const refused = (settings: Partial<Connection>, kind = "tls") =>
        connect(settings).then(
            () => expect.fail("it connected"),
            (error: unknown) => {
                expect(error).to.be.instanceOf(MilvusError).with.property("kind", kind);
                return (error as Error).message;
            },
        );

    before(async function () {
        folder = mkdtempSync(join(tmpdir(), "milvus-tls-"));
        try {
            certify("milvus.test");
            certify("client.test");
        } catch {
            this.skip();
        }
        const keys = [
            {
                private_key: readFileSync(file("milvus.test.key")),
                cert_chain: readFileSync(file("milvus.test.pem")),
            },
        ];
        const credentials = ServerCredentials.createSsl(readFileSync(file("client.test.pem")), keys, true);
        server = await startFake({ version: "2.6.18", credentials });
    });
    after(() => {
        server?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    const trusted = () => ({ caFile: file("milvus.test.pem"), serverName: "milvus.test" });
    const known = () => ({ clientCertFile: file("client.test.pem"), clientKeyFile: file("client.test.key") });

    it("works if both sides know the other's certificate", async () => {
        expect(await connect({ ...trusted(), ...known() })).to.include("2.6.18");
    });

    it("is rejected for an unknown certificate, and the message names the settings to check", async () => {
        expect(await refused(known())).to.match(
            /certificate.*Check milvus:ssl and the certificate files \[MV205\]/,
        );
    });

    it("is rejected for a certificate of another name", async () => {
        expect(await refused({ ...trusted(), ...known(), serverName: "other.test" })).to.include(
            "other.test",
        );
    });

    it("reports the certificate file that cannot be read", async () => {
        expect(await refused({ caFile: file("nobody.pem") }, "certificate"))
            .to.include("nobody.pem: the certificate file cannot be read")
            .and.include("[MV222]");
    });
});
