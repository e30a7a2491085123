import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { Cutover } from "../../../provider/migration/cutover/cutover";
import { ActiveCutovers } from "../../../provider/resource/session/activeCutovers";
import { MemoryLedger } from "../../../provider/resource/session/ledger";
import { Session } from "../../../provider/resource/session/session";

const client = { target: "127.0.0.1:19530", database: "default" } as unknown as MilvusClient;
const endpoint = (database: string | undefined, name = "docs_2222222") => ({
    client,
    ref: { database, name },
});
const first = {} as Cutover;
const owner = "shop/prod/docs";
const props = { __owner: owner, generation: "1111111", collectionName: "docs_1111111" };

describe("a cutover that waits for its alias", () => {
    it("is found however a program writes the database", () => {
        const active = new ActiveCutovers();
        active.add("1111111", endpoint(undefined), first);
        expect(active.byTarget(endpoint("default"))).to.equal(first);
        expect(active.byTarget(endpoint("shop"))).to.equal(undefined);
        expect(active.byTarget(endpoint(undefined, "docs"))).to.equal(undefined);
    });

    it("gives way to a later one of the same collection: both would write the same baseline", () => {
        const active = new ActiveCutovers();
        const second = {} as Cutover;
        active.add("1111111", endpoint(undefined), first);
        active.add("1111111", endpoint(undefined), second);
        expect(active.bySource("1111111")).to.equal(second);
        active.remove("1111111");
        expect(active.bySource("1111111")).to.equal(undefined);
    });

    it("is resumed once for several aliases of one target", async () => {
        const active = new ActiveCutovers();
        let begun = 0;
        const begin = async () => {
            begun++;
            await Promise.resolve();
            return first;
        };
        const both = [active.resume(endpoint("default"), begin), active.resume(endpoint(undefined), begin)];
        expect(await Promise.all(both)).to.deep.equal([first, first]);
        expect(begun).to.equal(1);
    });
});

describe("two sessions side by side in one process", () => {
    it("do not see each other", () => {
        const [one, other] = [new Session("one"), new Session("other")];
        one.pendingReplacements.add(owner, props);
        one.pendingReplacements.awaitCreation(owner);
        one.activeGenerations.set(owner, props);
        one.activeCutovers.add("1111111", endpoint(undefined), first);
        one.aliasIsRight("live");
        one.warned.add("warning");
        expect(other.pendingReplacements.of(owner)).to.equal(undefined);
        expect(other.pendingReplacements.isBeingReplaced("1111111")).to.equal(false);
        expect(other.pendingReplacements.isCreationAwaited(owner)).to.equal(false);
        expect(other.activeGenerations.of(owner)).to.equal(undefined);
        expect(other.activeCutovers.bySource("1111111")).to.equal(undefined);
        expect(other.isAliasRight("live")).to.equal(false);
        expect(other.warned.size).to.equal(0);
        expect(other.holder.id).to.not.equal(one.holder.id);
        expect(other.clients).to.not.equal(one.clients);
    });
});

describe("two processes of one run", () => {
    const processes = () => {
        const ledger = new MemoryLedger();
        return [new Session("run", ledger), new Session("run", ledger)] as const;
    };

    it("share what one call learned and a later one needs", () => {
        const [diff, create] = processes();
        diff.pendingReplacements.add(owner, props);
        diff.pendingReplacements.awaitCreation(owner);
        diff.activeGenerations.set(owner, props);
        diff.aliasIsRight("live");
        expect(create.pendingReplacements.of(owner)).to.deep.equal(props);
        expect(create.pendingReplacements.isBeingReplaced("1111111")).to.equal(true);
        expect(create.pendingReplacements.isCreationAwaited(owner)).to.equal(true);
        expect(create.activeGenerations.of(owner)).to.deep.equal(props);
        expect(create.isAliasRight("live")).to.equal(true);
    });

    it("forget a replacement together, by its resource and by its generation", () => {
        const [one, other] = processes();
        one.pendingReplacements.add(owner, props);
        one.pendingReplacements.awaitCreation(owner);
        other.pendingReplacements.cancel(owner);
        expect(one.pendingReplacements.of(owner)).to.equal(undefined);
        expect(one.pendingReplacements.isCreationAwaited(owner)).to.equal(false);
        one.pendingReplacements.add(owner, props);
        other.pendingReplacements.predecessorDropped("2222222");
        expect(one.pendingReplacements.of(owner)).to.deep.equal(props);
        other.pendingReplacements.predecessorDropped("1111111");
        expect(one.pendingReplacements.of(owner)).to.equal(undefined);
    });

    it("know a resource whose project or stack was renamed", () => {
        const [one, other] = processes();
        one.activeGenerations.set("shop/prod/docs", props);
        expect(other.activeGenerations.of("store/live/docs")).to.deep.equal(props);
        expect(other.activeGenerations.of("shop/prod/pages")).to.equal(undefined);
    });
});
