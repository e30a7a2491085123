import { expect } from "chai";

import { lives } from "../../../provider/lives";
import { createDatabase } from "../../../provider/milvus/cluster/databases";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { failure } from "../../fake/failure";
import { create, open, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

interface Declared {
    type: string;
    args: Props;
}

const database = "library";
const library: Declared = { type: "Database", args: { name: database } };
const inIt: Record<string, Declared> = {
    docs: { type: "Collection", args: { database, fields: smallest } },
    live: { type: "Alias", args: { database, collection: "docs" } },
    en: { type: "Partition", args: { database, collection: "docs" } },
    readers: { type: "Grant", args: { database, role: "reader", privileges: ["Search"] } },
};
const asText = { __databaseIsText: true };

/** A run of one program on a server of its own. */
async function start(preview: "warn" | "strict" = "warn") {
    const { fake, client } = await open("2.6.10", { pending: 0 });
    const said: string[] = [];
    let session = new Session("first");
    const lifeOf = (type: string) =>
        lives[type]!({
            ...contextOf(fake.address, said, session),
            policy: () => ({ destructive: "warn", planFormat: "text", preview }),
        });
    const hidden = (name: string) => ({ __owner: `shop/prod/${name}`, __logicalName: name });
    const check = (name: string, { type, args }: Declared, more: Props = {}, olds?: Props) =>
        lifeOf(type).check(olds && { ...olds, ...hidden(name) }, { ...args, ...hidden(name), ...more });
    return {
        client,
        said,
        check,
        lifeOf,
        make: async (name: string, declared: Declared) => {
            const { inputs } = await check(name, declared);
            return lifeOf(declared.type).create(inputs);
        },
        next: () => (session = new Session("next")),
    };
}

describe("the database of a resource", () => {
    for (const [name, declared] of Object.entries(inIt)) {
        const { type } = declared;
        const code = type === "Grant" ? "MV462" : "MV460";

        it(`is missed in the preview of a ${type}, with the way to write it`, async () => {
            const { said, check } = await start();
            await check(name, declared);
            const found = said.filter((line) => line.includes(code));
            expect(found).to.have.length(1);
            expect(found[0]).to.match(/^warning: .*there is no database library\. .*library\.name/);
            if (type !== "Grant") expect(said, "nothing else can be asked").to.have.length(1);
            await check(name, declared);
            expect(said.filter((line) => line.includes(code))).to.have.length(1);
        });

        it(`is not missed where a ${type} takes the output of a Database that the same run creates`, async () => {
            const { said, check } = await start("strict");
            await check("books", library);
            expect((await check(name, declared)).failures).to.deep.equal([]);
            expect(said.filter((line) => /MV46\d/.test(line))).to.deep.equal([]);
        });

        it(`is told to come in no known order where a ${type} names it as text, before or after it`, async () => {
            const { said, check, next } = await start();
            const warned = () => said.filter((line) => line.includes("MV461"));
            await check("books", library);
            await check(name, declared, asText);
            expect(warned()).to.have.length(1);
            expect(warned()[0]).to.include(`may create ${name} before it`).and.to.include("books.name");
            // A native SDK does not tell text from an output: what is checked first does not wait.
            next();
            await check(name, declared);
            await check("books", library);
            await check("books", library);
            expect(warned()).to.have.length(2);
            expect(warned()[1]).to.equal(warned()[0]);
        });

        it(`is as before for a ${type} in a database that is there`, async () => {
            const { client, said, check } = await start();
            await createDatabase(client, database, {});
            await create(client, "docs", { database });
            await check(name, declared, asText);
            expect(said.filter((line) => /MV46\d/.test(line))).to.deep.equal([]);
        });

        if (type === "Grant") continue;

        it(`is named by the error of a ${type} that is created before it`, async () => {
            const { said, check, make, lifeOf } = await start();
            expect((await failure(make(name, declared))).message)
                .to.include("there is no database library. ")
                .and.to.include("[MV460]");
            await check("books", library);
            const { inputs } = await check(name, declared);
            const { message } = await failure(lifeOf(type).create(inputs));
            expect(message).to.include("declares it as books").and.to.include("database: books.name");
            expect(message).to.include("run `pulumi up` again").and.to.include("[MV460]");
            expect(said.some((line) => line.includes("MV460"))).to.equal(true);
        });

        it(`fails a strict preview of a ${type} where nobody declares it`, async () => {
            const { check } = await start("strict");
            const { failures } = await check(name, declared);
            expect(failures.map(({ reason }) => reason).join()).to.include("[MV460]");
        });
    }

    it("is asked for again where a deployed resource changes it, and not otherwise", async () => {
        const { said, check } = await start();
        const { docs } = inIt;
        await check("docs", docs!, {}, docs!.args);
        expect(said).to.deep.equal([]);
        await check("docs", docs!, {}, { ...docs!.args, database: "archive" });
        expect(said).to.have.length(1);
        expect(said[0]).to.include("[MV460]");
    });

    it("is none for a grant on the whole server", async () => {
        const { said, check } = await start();
        await check("all", { type: "Grant", args: { ...inIt.readers!.args, database: "*" } }, asText);
        expect(said.filter((line) => /MV46\d/.test(line))).to.deep.equal([]);
    });
});
