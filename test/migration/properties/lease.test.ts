import { spawnSync } from "node:child_process";
import { mock } from "node:test";

import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { describeCollection } from "../../../provider/milvus/collection/collections";
import { dropLease, holdLease, leaseProperty, takeLease } from "../../../provider/migration/properties/lease";
import { isHeldElsewhere, type Lease as FullLease, newLeaseHolder } from "../../../provider/observe/lease";
import { failure } from "../../fake/failure";
import { create, open, ref } from "../../fake/open";
import type { FakeOptions } from "../../support/fake";

const docs = ref("docs");
const holder = newLeaseHolder("this run");
const NAME = "pulumi.lease";
const HOUR = 3_600_000;
/** The time of the server's clock, however slow this machine is. */
const NOW = Date.now();

/** An earlier release wrote no run. */
type Lease = Omit<FullLease, "run"> & { run?: string };

async function server(options: Omit<FakeOptions, "version"> = {}) {
    const { client, fake } = await open("2.6.18", { pending: 0, clock: () => NOW, ...options });
    await create(client, "docs");
    /** Writes a lease as another run would, without the provider. */
    const write = (lease: Lease) => void fake.collections()[0]!.properties.set(NAME, JSON.stringify(lease));
    return { client, fake, write };
}

const read = async (client: MilvusClient): Promise<Lease | undefined> => {
    const text = (await describeCollection(client, docs))?.properties[NAME];
    return text ? (JSON.parse(text) as Lease) : undefined;
};
const mine = async (client: MilvusClient) =>
    JSON.parse((await leaseProperty(client, holder))[NAME]!) as Lease;

/** Records the messages; `during` runs at each. */
const reporting = (messages: string[], during: () => void = () => undefined) => ({
    say: (line: string) => {
        messages.push(line);
        during();
    },
    progress: () => undefined,
});

describe("the lease on a copy", () => {
    it("is taken if there is none, and names its holder and its expiry", async () => {
        const { client } = await server();
        const messages: string[] = [];
        await takeLease(client, docs, holder, reporting(messages));
        const { pid, until } = (await read(client))!;
        expect(pid).to.equal(process.pid);
        expect(until).to.be.equal(NOW + 60_000);
        expect(messages).to.deep.equal([]);
        // The own lease can be taken again.
        await takeLease(client, docs, holder, reporting(messages));
        expect(messages).to.deep.equal([]);
    });

    it("is refused to a second run while the first one renews it", async () => {
        const { client, write } = await server();
        const other = { id: "other", machine: "ci-runner-7 pid:[1]", pid: 4711, until: NOW + 300 };
        write(other);
        const messages: string[] = [];
        const renewed = { ...other, until: other.until + 60_000 };
        const error = await failure(
            takeLease(
                client,
                docs,
                holder,
                reporting(messages, () => write(renewed)),
            ),
        );
        expect(error).to.have.property("code", "MV322");
        expect(error.message).to.include(
            "docs: locked by another run (process 4711 on ci-runner-7). Wait until that run finishes, or stop it",
        );
        expect(messages.join()).to.match(/^docs is locked by another run; waiting up to 1 s$/);
        expect(await read(client)).to.deep.equal(renewed);
    });

    it("is taken over when it expires or is released", async () => {
        for (const last of ["expires", "is released"]) {
            const { client, fake, write } = await server();
            write({ id: "other", machine: "ci-runner-7", pid: 4711, until: NOW + 300 });
            const release = () => void fake.collections()[0]!.properties.set(NAME, "");
            const messages: string[] = [];
            await takeLease(
                client,
                docs,
                holder,
                reporting(messages, last === "expires" ? undefined : release),
            );
            expect(messages, last).to.have.length(1);
            expect((await read(client))!.pid, last).to.equal(process.pid);
        }
    });

    it("is taken over at once if its process has ended on this machine", async () => {
        const { client, write } = await server();
        const { machine } = await mine(client);
        const { pid } = spawnSync(process.execPath, ["-e", ""]);
        write({ id: "other", machine, pid, until: NOW + HOUR });
        const messages: string[] = [];
        await takeLease(client, docs, holder, reporting(messages));
        expect(messages).to.deep.equal([]);
        expect((await read(client))!.pid).to.equal(process.pid);
    });

    it("is not taken over at once from a running process on this machine", async () => {
        const { client, write } = await server();
        const { machine } = await mine(client);
        const other = { id: "other", machine, pid: process.ppid, until: NOW + 300 };
        write(other);
        const messages: string[] = [];
        const renew = () => write({ ...other, until: other.until + 60_000 });
        expect(await failure(takeLease(client, docs, holder, reporting(messages, renew)))).to.have.property(
            "code",
            "MV322",
        );
        expect(messages).to.have.length(1);
    });

    it("uses the server's clock, whatever the clock of this machine", async () => {
        const ahead = await server({ clock: () => NOW + HOUR });
        // By this machine's clock it would be valid for most of an hour.
        ahead.write({ id: "other", machine: "elsewhere", pid: 1, until: NOW + HOUR - 1 });
        const messages: string[] = [];
        await takeLease(ahead.client, docs, holder, reporting(messages));
        expect(messages).to.deep.equal([]);
        expect((await read(ahead.client))!.until).to.equal(NOW + HOUR + 60_000);

        const behind = await server({ clock: () => NOW - HOUR });
        // By this machine's clock it would have expired long ago.
        const other = { id: "other", machine: "elsewhere", pid: 1, until: NOW - HOUR + 300 };
        behind.write(other);
        const renew = () => behind.write({ ...other, until: other.until + 60_000 });
        const error = await failure(takeLease(behind.client, docs, holder, reporting(messages, renew)));
        expect(error).to.have.property("code", "MV322");
    });

    it("goes to one of two runs that take it at the same time", async () => {
        const { client, fake, write } = await server();
        const messages: string[] = [];
        // The other run writes right after this one.
        const { properties } = fake.collections()[0]!;
        const set = properties.set.bind(properties);
        properties.set = (name, value) => {
            set(name, value);
            properties.set = set;
            write({ id: "other", machine: "ci-runner-7", pid: 4711, until: NOW + HOUR });
            return properties;
        };
        const error = await failure(takeLease(client, docs, holder, reporting(messages)));
        expect(error).to.have.property("code", "MV322");
        expect((await read(client))!.pid).to.equal(4711);
    });

    it("is ignored if it cannot be read", async () => {
        const { client, fake } = await server();
        fake.collections()[0]!.properties.set(NAME, "{");
        await takeLease(client, docs, holder, reporting([]));
        expect((await read(client))!.pid).to.equal(process.pid);
    });

    it("is renewed until it is released, and the release waits for a renewal in progress", async () => {
        let now = NOW;
        const { client, fake } = await server({ clock: () => now });
        mock.timers.enable({ apis: ["setInterval"] });
        try {
            const { release } = holdLease(client, docs, holder);
            expect(await read(client)).to.equal(undefined);
            for (let renewal = 1; renewal <= 3; renewal++) {
                now += 15_000;
                mock.timers.tick(15_000);
                // Only a read shows when the renewal is done.
                while ((await read(client))?.until !== now + 60_000);
            }
            fake.failNext("AlterCollection", { code: 65535, reason: "temporarily unavailable" });
            mock.timers.tick(15_000);
            while (fake.calls.filter((call) => call === "AlterCollection").length < 4) await read(client);
            expect((await read(client))!.until).to.equal(now + 60_000);
            now += 15_000;
            mock.timers.tick(15_000);
            await release();
            expect((await read(client))!.until).to.equal(now + 60_000);
            fake.calls.length = 0;
            mock.timers.tick(60_000);
            expect(fake.calls).to.deep.equal([]);
        } finally {
            mock.timers.reset();
        }
        await dropLease(client, docs);
        expect(await read(client)).to.equal(undefined);
    });

    it("is checked before a write long after the last renewal, and lost if another run holds it", async () => {
        let now = NOW;
        const { client, fake, write } = await server({ clock: () => now });
        mock.timers.enable({ apis: ["setInterval", "Date"], now });
        try {
            const { confirm, release } = holdLease(client, docs, holder);
            fake.calls.length = 0;
            await confirm();
            expect(fake.calls).to.deep.equal([]);
            // The process was suspended: no timer fired.
            mock.timers.setTime((now += 59_000));
            await confirm();
            expect((await read(client))!.until).to.equal(now + 60_000);
            mock.timers.setTime((now += 61_000));
            write({ id: "other", machine: "ci-runner-7", pid: 4711, until: now + 60_000 });
            expect(await failure(confirm())).to.have.property("code", "MV332");
            expect((await read(client))!.id).to.equal("other");
            expect(await failure(release())).to.have.property("code", "MV332");
        } finally {
            mock.timers.reset();
        }
    });

    it("passes to the next call of the same run in another process, and to no other run", async () => {
        const { client } = await server();
        const messages: string[] = [];
        await takeLease(client, docs, holder, reporting(messages));
        await holdLease(client, docs, holder).rest();
        const sameRun = newLeaseHolder("this run");
        await takeLease(client, docs, sameRun, reporting(messages));
        expect(messages).to.deep.equal([]);
        expect((await read(client))!.id).to.equal(sameRun.id);

        await holdLease(client, docs, sameRun).rest();
        const lease = (await read(client))! as FullLease;
        const elsewhere = { ...newLeaseHolder("another run"), machine: "elsewhere" };
        expect(isHeldElsewhere(lease, elsewhere)).to.equal(true);
        expect(isHeldElsewhere(lease, newLeaseHolder("another run"))).to.equal(true);
    });

    it("excludes a second process of the same run while the first one works", async () => {
        const { client, write } = await server();
        const other = { ...newLeaseHolder("this run"), until: NOW + 300 };
        write(other);
        const renew = () => write({ ...other, until: other.until + 60_000 });
        const error = await failure(takeLease(client, docs, holder, reporting([], renew)));
        expect(error).to.have.property("code", "MV322");
    });
});
