import { expect } from "chai";

import { exitCodes } from "../../../cli/io";
import type { Props } from "../../../provider/resource/session/props";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { leaseProperty } from "../../../provider/migration/properties/lease";
import { type Lease, newLeaseHolder } from "../../../provider/observe/lease";
import { property } from "../../../provider/observe/properties";
import { runCommand } from "../../support/cli/testIo";
import { insertRows, int64Keys } from "../../support/data/rows";
import { both, open, ref } from "../../fake/open";
import { SmallStack } from "../../resource/detached/stack";

const text = { name: "text", dataType: "VarChar", maxLength: 64 } as const;
const short = { ...text, maxLength: 8 };
const before = { fields: both([text]) };
const migration = { detach: true, grace: 0 };
const body = { ...text, name: "body", previousName: "text" };

/** A detached migration that waits for a worker, and the command on its server. */
async function waiting(args: Props = { fields: both([body]), migration }) {
    const { client } = await open("2.6.0");
    const stack = new SmallStack(client, "live");
    await stack.up(before);
    const old = stack.state!.collectionName as string;
    const keys = int64Keys(40);
    await insertRows({ client, collection: old, fields: both([short]), keys: keys.slice(0, 20) });
    await stack.up(args);
    const copy = (await stack.collections()).find((one) => one !== old)!;
    const command = (...argv: string[]) =>
        runCommand(argv, { environment: { MILVUS_ADDRESS: client.target } });
    const insertLong = () =>
        insertRows({ client, collection: old, fields: before.fields, keys: keys.slice(20) });
    return { client, stack, old, copy, command, insertLong };
}

describe("the worker of whole copies", () => {
    it("makes the copy, says so in status before and after, and ends with 0", async () => {
        const { old, copy, command } = await waiting();
        expect((await command("status")).out)
            .to.include("detached, waiting; `pulumi up` switches")
            .and.include("no worker is at work: `pulumi-milvus work` copies the rows");
        const { code, json } = await command("work", "--json");
        expect(code).to.equal(exitCodes.done);
        const place = { database: "default", owner: "shop/prod/docs", from: old, to: copy };
        const copies = [{ ...place, outcome: "ready", message: null }];
        expect(json().at(-1)!.result).to.deep.equal({ copies });
        expect((await command("status")).out).to.include(
            "no worker is needed: the next `pulumi up` switches",
        );
        expect((await command("work", "--collection", "other")).out).to.include(
            "no detached migration of other waits for a worker",
        );
    });

    it("keeps a copy that a row does not fit, says why everywhere, and ends with 1", async () => {
        const program = { fields: both([{ ...body, maxLength: 8 }]), migration };
        const { stack, copy, command, insertLong } = await waiting(program);
        await insertLong();
        const { code, out } = await command("work");
        expect(code).to.equal(exitCodes.error);
        expect(out).to.match(/warning: .*\[MV309\]/);
        expect((await command("status")).out).to.match(/the worker failed: .*MV309/);
        // The plan sees the rows, too, and says what to do about them.
        await stack.up(program).then(
            () => expect.fail("the rows do not fit"),
            (error: unknown) => expect((error as Error).message).to.include("MV313"),
        );
        expect(await stack.collections()).to.include(copy);
        expect(stack.state!.migrationState).to.include({ phase: "waiting" });
    });

    it("is given up by abort", async () => {
        const { old, stack, command } = await waiting();
        expect((await command("abort", "docs", "--yes")).code).to.equal(0);
        expect(await stack.collections()).to.deep.equal([old]);
        expect((await command("work")).out).to.include("no detached migration waits for a worker");
    });

    it("leaves a copy to the worker that is at work, and ends with 75", async () => {
        const { client, copy, command } = await waiting();
        const other = { ...newLeaseHolder("other"), machine: "node-7 pid:[1]" };
        const lease = (await leaseProperty(client, other))[property.lease]!;
        const { until } = JSON.parse(lease) as Lease;
        // It expires in two seconds, and is renewed before that.
        let left = 2_000;
        const renew = () =>
            setProperties(client, ref(copy), {
                [property.lease]: JSON.stringify({ ...JSON.parse(lease), until: until - 60_000 + left }),
            });
        await renew();
        const timer = setInterval(() => {
            left += 500;
            void renew();
        }, 500);
        const { code, out } = await command("work").finally(() => clearInterval(timer));
        expect(out).to.match(/warning: .* locked by another run .*\[MV322\]/);
        expect(code).to.equal(exitCodes.again);
    });

    it("stays for as long as it is told to", async () => {
        const { command } = await waiting();
        const { code, json } = await command("work", "--watch", "--idle-exit", "0", "--json");
        expect(code).to.equal(exitCodes.done);
        expect((json().at(-1)!.result as { copies: unknown[] }).copies).to.have.length(1);
        expect((await command("work", "--watch", "--idle-exit", "soon")).err).to.include("MV500");
    });
});
