import { expect } from "chai";

import { createAlias, dropAlias, listAliases } from "../../../provider/milvus/collection/aliases";
import { dropCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { property } from "../../../provider/observe/properties";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { refuse } from "../../../provider/plan/recovery/action";
import { rejectBlindReplace } from "../../../provider/resource/recovery/blindReplace";
import { execute } from "../../../provider/resource/recovery/execute";
import { failure } from "../../fake/failure";
import { newMarker, oldMarker, owner, stage } from "./stage";
import { markerProperties } from "../../../provider/observe/ownershipMarker";

const aliasOf = (alias: string) => ({ database: undefined, alias });

describe("the executor of recovery actions", () => {
    it("carries actions out in their order, and stops at a refusal", async () => {
        const { work, source, seen, names, said } = await stage();
        const gone = refuse({ reason: "gone", name: "docs" });
        const restore = { kind: "restore-name", at: source.ref, name: "docs" } as const;
        expect(await failure(execute([gone, restore], work))).to.have.property("code", "MV307");
        expect(names()).to.include(source.ref.name);
        expect(await failure(execute([restore, gone], work))).to.have.property("code", "MV307");
        expect(said).to.deep.equal([`${source.ref.name} gets its name docs back after an interrupted swap`]);
        expect(names()).to.include("docs").and.not.include(source.ref.name);
        expect((await seen({ ref: { database: undefined, name: "docs" } })).marker).to.deep.equal(oldMarker);
    });

    it("does nothing without actions", async () => {
        const { work, fake } = await stage();
        const calls = fake.calls.length;
        expect(await execute([], work)).to.deep.equal({});
        expect(fake.calls).to.have.length(calls);
    });

    it("lifts a fence", async () => {
        const { work, client, source, seen } = await stage();
        await setProperties(client, source.ref, { [property.fenced]: "" });
        expect((await seen(source)).isFenced).to.equal(true);
        expect(await execute([{ kind: "lift-fence", at: source.ref }], work)).to.deep.equal({});
        expect((await seen(source)).isFenced).to.equal(false);
    });

    it("marks a restored collection as retained again", async () => {
        const { work, source, seen } = await stage();
        await execute([{ kind: "retain-again", at: source.ref, owner, generation: "0000000" }], work);
        expect((await seen(source)).marker).to.deep.equal({
            owner,
            generation: "0000000",
            from: undefined,
            state: "previous",
        });
    });

    it("loads a restored collection and takes it for the outcome", async () => {
        const { work, client, source, said } = await stage();
        await releaseCollection(client, source.ref);
        const { outcome } = await execute(
            [{ kind: "adopt-restored", at: source.ref, generation: "3333333" }],
            work,
        );
        expect(outcome).to.deep.equal({ generation: "3333333", ref: source.ref });
        expect(await loadState(client, source.ref)).to.equal("loaded");
        expect(said.join()).to.include(`already restored ${source.ref.name}`);
    });
});

describe("the executor after a swap of names", () => {
    const adopt = (at: Awaited<ReturnType<typeof stage>>) =>
        execute(
            [
                {
                    kind: "adopt-swapped",
                    retired: at.source.ref,
                    serving: at.target.ref,
                    generation: "2222222",
                },
            ],
            at.work,
        );

    it("adopts the serving collection with the aliases, and loads it", async () => {
        const at = await stage();
        await createAlias(at.client, aliasOf("live"), at.source.ref.name);
        await releaseCollection(at.client, at.target.ref);
        expect(await adopt(at)).to.deep.equal({ outcome: { generation: "2222222", ref: at.target.ref } });
        expect(await listAliases(at.client, at.target.ref)).to.deep.equal(["live"]);
        expect(await loadState(at.client, at.target.ref)).to.equal("loaded");
        expect(at.said.join()).to.include(`already swapped ${at.target.ref.name}`);
    });

    it("refuses a collection that is gone, or has not the schema of the program", async () => {
        const gone = await stage();
        await dropCollection(gone.client, gone.target.ref);
        const missing = await failure(adopt(gone));
        expect(missing).to.have.property("code", "MV307");
        expect(missing.message).to.include(gone.target.ref.name);

        const other = await stage();
        await createAlias(other.client, aliasOf("live"), other.source.ref.name);
        const fields = other.work.spec.fields.map((field) =>
            field.name === "version" ? { ...field, dataType: "Double" as const } : field,
        );
        const spec = { ...other.work.spec, fields };
        const error = await failure(adopt({ ...other, work: { ...other.work, spec } }));
        expect(error).to.have.property("code", "MV328");
        expect(error.message).to.include(other.target.ref.name);
        expect(await listAliases(other.client, other.source.ref)).to.deep.equal(["live"]);
    });
});

describe("the executor on copies that changed since they were seen", () => {
    const withPlan = (plan: string) => checkpointProperty({ ...firstCheckpoint(plan, [undefined]), rows: 2 });

    it("drops a copy that another run has begun by another plan, and one without a checkpoint", async () => {
        for (const plan of ["another", undefined]) {
            const { work, client, target, seen, names } = await stage();
            await setProperties(client, target.ref, withPlan("mine"));
            const copy = await seen(target);
            await setProperties(
                client,
                target.ref,
                plan === undefined ? { [property.checkpoint]: "" } : withPlan(plan),
            );
            expect(await execute([{ kind: "resume-copy", copy }], work)).to.deep.equal({
                resumed: undefined,
            });
            expect(names()).to.not.include(target.ref.name);
        }
    });

    it("keeps a copy that an alias points at by now", async () => {
        for (const kind of ["resume-copy", "drop-copy"] as const) {
            const { work, client, target, seen, names } = await stage();
            await setProperties(client, target.ref, withPlan("mine"));
            const copy = await seen(target);
            await createAlias(client, aliasOf("live"), target.ref.name);
            const error = await failure(execute([{ kind, copy }], work));
            expect(error).to.have.property("code", "MV330");
            expect(error.message).to.include("live").and.include("1111111").and.include(target.ref.name);
            expect(names()).to.include(target.ref.name);
        }
    });

    it("asks for the lease of a copy before it drops it, where a run has worked on it", async () => {
        const { work, client, target, seen, names, said } = await stage();
        const bare = await seen(target);
        // Nobody can be at work on it: it was never begun.
        await createAlias(client, aliasOf("live"), target.ref.name);
        const leased = { ...bare, lease: "free" } as const;
        expect(await failure(execute([{ kind: "drop-copy", copy: leased }], work))).to.have.property(
            "code",
            "MV330",
        );
        expect(names()).to.include(target.ref.name);
        await execute([{ kind: "keep-orphan", copy: bare, of: "docs_1111111" }], work);
        expect(said.at(-1)).to.include("holds rows of docs_1111111, and is kept").and.include("drop it with");
    });

    it("drops an abandoned creation only where it is empty and unused", async () => {
        const { work, client, source, pair, names, said } = await stage();
        const drop = () => execute([{ kind: "drop-abandoned-create", at: source.ref }], work);
        await drop();
        expect(names()).to.include(source.ref.name);
        await pair.become("source", new Map());
        await createAlias(client, aliasOf("live"), source.ref.name);
        await drop();
        expect(names()).to.include(source.ref.name);
        expect(said).to.deep.equal([]);
        await dropAlias(client, aliasOf("live"));
        await drop();
        expect(names()).to.not.include(source.ref.name);
        expect(said).to.have.length(1);
        expect(said[0]).to.include(`dropping ${source.ref.name}`);
    });
});

describe("a replacement without a diff", () => {
    async function reject(
        at: Awaited<ReturnType<typeof stage>>,
        more: Partial<typeof at.work> = {},
    ): Promise<void> {
        await rejectBlindReplace({ found: [await at.seen(at.source)] }, { ...at.work, ...more });
    }

    it("is refused beside a collection of the resource that holds rows", async () => {
        const at = await stage();
        const error = await failure(reject(at));
        expect(error).to.have.property("code", "MV323");
        expect(error.message).to.include(`${at.source.ref.name} of this resource holds 3 rows`);
    });

    it("goes on where the collection is empty, has a name, or is none of the resource in service", async () => {
        const at = await stage();
        await reject(at, { spec: { ...at.work.spec, name: "docs" } });
        await reject(at, { owner: "shop/dev/docs" });
        await setProperties(at.client, at.source.ref, markerProperties({ ...newMarker, state: "building" }));
        await reject(at);
        await setProperties(at.client, at.source.ref, markerProperties(oldMarker));
        const bare = { ...(await at.seen(at.source)), marker: undefined };
        await rejectBlindReplace({ found: [bare] }, at.work);
        await at.pair.become("source", new Map());
        await reject(at);
    });

    it("looks at every collection, though the first ones are empty or another's", async () => {
        const at = await stage();
        const found = [{ ...(await at.seen(at.target)), marker: undefined }, await at.seen(at.source)];
        expect(await failure(rejectBlindReplace({ found }, at.work))).to.have.property("code", "MV323");
    });
});
