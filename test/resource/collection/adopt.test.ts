import { expect } from "chai";

import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { observeMarker } from "../../../provider/observe/collection";
import { commandOwner, markerProperties } from "../../../provider/observe/ownershipMarker";
import { create as createCollection } from "../../../provider/resource/collection/create";
import { preflight } from "../../../provider/resource/collection/preflight";
import { read } from "../../../provider/resource/collection/read";
import { remove } from "../../../provider/resource/collection/remove";
import { server } from "../../../provider/resource/context/context";
import { collectionRequest, collectionState } from "../../../provider/resource/context/resourceState";
import { unmark } from "../../../provider/resource/generations/unmark";
import { Session } from "../../../provider/resource/session/session";
import { failure } from "../../fake/failure";
import { create, open, ref, serve, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const first = { fields: smallest, name: "docs", __owner: "shop/prod/docs", __logicalName: "docs" };
const second = { ...first, adopt: true, __owner: "search/prod/docs" };

/** The collection `docs` of the stack `shop/prod`. */
async function fixture(of = first.__owner) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    await create(client, "docs");
    await serve(client, "docs");
    const marker = { owner: of, generation: "3fa9c1d", from: undefined, state: "live" } as const;
    await setProperties(client, ref("docs"), markerProperties(marker));
    const said: string[] = [];
    let runs = 0;
    /** Each `up` is a run of its own. */
    const run = () => contextOf(fake.address, said, new Session(`run ${++runs}`));
    const state = collectionState({ ...first, collectionName: "docs", generation: "3fa9c1d" });
    return {
        said,
        client,
        state,
        run,
        adopt: (context = run()) => createCollection(context, collectionRequest(second)),
        owner: async () => (await observeMarker(client, ref("docs"))).marker?.owner,
        names: () => fake.collections().map(({ name }) => name),
    };
}

describe("a collection of another stack", () => {
    it("is taken over by the second run that adopts it, and not within one", async () => {
        const { adopt, run, owner, said, state, names } = await fixture();
        const context = run();
        for (const attempt of [1, 2]) {
            const { message } = await failure(adopt(context));
            expect(message, `attempt ${attempt}`).to.include("belongs to shop/prod/docs");
            expect(message).to.include("`pulumi state delete` there").and.include("[MV333]");
        }
        expect(await owner()).to.equal("shop/prod/docs");
        await adopt();
        expect(await owner()).to.equal("search/prod/docs");
        expect(said.join()).to.include("docs is taken over from shop/prod/docs");
        // A state that still has it finds it gone, and drops nothing.
        expect(await read(run(), state)).to.equal(undefined);
        await remove(run(), state);
        expect(names()).to.deep.equal(["docs"]);
    });

    it("stays where its owner looks at it in between, and both are told", async () => {
        const { adopt, run, owner, said, state } = await fixture();
        await failure(adopt());
        expect(await read(run(), state)).to.not.equal(undefined);
        expect(said.join("\n")).to.match(
            /^warning: docs: search\/prod\/docs wanted to adopt docs.*\[MV352\]$/m,
        );
        expect((await failure(adopt())).message).to.include("[MV333]");
        expect(await owner()).to.equal("shop/prod/docs");
    });
});

describe("the differences of an adopted collection", () => {
    it("are told once in a run, by its check or where no check could", async () => {
        for (const isChecked of [true, false]) {
            const { fake, client } = await open("2.6.18", { pending: 0 });
            await create(client, "docs");
            await serve(client, "docs");
            const said: string[] = [];
            const context = contextOf(fake.address, said, new Session("run 1"));
            const props = { ...second, description: "pages", __generation: "3fa9c1d" };
            if (isChecked) expect(await preflight(context, props)).to.deep.equal([]);
            await createCollection(context, collectionRequest(props));
            const text = said.join("\n");
            expect(text.match(/\[MV303\]/g), `checked: ${isChecked}`).to.have.length(1);
            expect(text.match(/description: "pages" in the program/g), text).to.have.length(1);
        }
    });
});

describe("a collection that the command changes, or has retained something of", () => {
    it("is adopted by the first run", async () => {
        const { adopt, owner } = await fixture(commandOwner("docs"));
        await adopt();
        expect(await owner()).to.equal("search/prod/docs");
    });

    it("gives its owner up, with everything that is stored for it", async () => {
        const { run, owner, client, adopt } = await fixture(commandOwner("docs"));
        await setProperties(client, ref("docs"), { "pulumi.cutover": "", "collection.ttl.seconds": "60" });
        await unmark(await server(run(), first), ref("docs"));
        expect(await owner()).to.equal(undefined);
        const { properties } = (await describeCollection(client, ref("docs")))!;
        expect(properties).to.include({ "collection.ttl.seconds": "60" });
        expect(Object.keys(properties).filter((key) => key.startsWith("pulumi."))).to.deep.equal([]);
        await adopt();
        expect(await owner()).to.equal("search/prod/docs");
    });
});
