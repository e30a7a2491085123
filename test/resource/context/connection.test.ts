import { expect } from "chai";

import { resolveConnection } from "../../../provider/resource/context/connection";

const from = (values: Record<string, string>) => (key: string) => values[key];
const nothing = from({});

describe("the connection of a resource", () => {
    it("is localhost where nobody says otherwise", () => {
        expect(resolveConnection({}, nothing, nothing)).to.deep.equal({
            address: "localhost:19530",
            ssl: false,
            timeout: 30,
        });
    });

    it("takes the configuration before the environment, setting by setting", () => {
        const config = from({ "milvus:address": "a:1", "milvus:ssl": "true" });
        const environment = from({ MILVUS_ADDRESS: "b:2", MILVUS_DATABASE: "d", MILVUS_TIMEOUT: "5" });
        expect(resolveConnection({}, config, environment)).to.deep.equal({
            address: "a:1",
            ssl: true,
            database: "d",
            timeout: 5,
        });
    });

    it("does not mix who calls: a user of the configuration and a token of the environment are two people", () => {
        const config = from({ "milvus:username": "root", "milvus:password": "p" });
        expect(resolveConnection({}, config, from({ MILVUS_TOKEN: "t" }))).not.to.have.property("token");
    });

    it("sends no configured credential to the server of a connection argument", () => {
        const config = from({ "milvus:address": "a:1", "milvus:token": "secret" });
        const connection = resolveConnection({ connection: { address: "other:1" } }, config, nothing);
        expect(connection).to.deep.equal({ address: "other:1", ssl: false, timeout: 30 });
    });

    it("refuses what cannot be read, by the setting's name and without its value", () => {
        const config = from({
            "milvus:timeout": "soon",
            "milvus:token": "hunter2",
            "milvus:username": "root",
        });
        expect(() => resolveConnection({}, config, nothing))
            .to.throw(/milvus:timeout/)
            .with.property("message")
            .that.does.not.include("hunter2");
    });
});
