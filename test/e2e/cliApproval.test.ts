import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { readSavedPlans } from "../../provider/plan/approval/savedPlan";
import { runCommand } from "../support/cli/testIo";
import { createUnmanaged } from "../support/cli/unmanaged";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk } from "../support/data/site";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onStacks("the plan that `plan --save` writes", { servers, fast: [] }, (open) => {
    it("is the one of the preview of a program, whose `up` runs under it", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await createUnmanaged(site.client, { ...before, name });
        await insertRows({ ...site, collection: name, fields: columnsOf(before), keys: int64Keys(300) });
        const folder = await mkdtemp(join(tmpdir(), "approval-"));
        try {
            await writeFile(join(folder, "schema.json"), JSON.stringify(after));
            const argv = ["plan", "-c", name, "-s", "schema.json", "--save", "plan.json", "--json"];
            const environment = { MILVUS_ADDRESS: site.server.address };
            const planned = await runCommand(argv, { folder, environment });
            expect(planned.code, planned.out + planned.err).to.equal(0);
            const [saved] = readSavedPlans(await readFile(join(folder, "plan.json"), "utf8"));
            expect(planned.json().at(-1)!.result).to.include({ approval: saved!.hash });

            await site.deploy({ collections: { [name]: { ...before, name, adopt: true } } });
            await site.declare({ collections: { [name]: { ...after, name } } });
            await site.stack.setConfig("milvus:approvedPlan", "print");
            const { output } = expectOk(await site.stack.preview());
            expect(output).to.include(`${name}: plan ${saved!.hash}`);
            await site.stack.setConfig("milvus:approvedPlan", join(folder, "plan.json"));
            expectOk(await site.stack.up());
            const rows = { ...site, collection: name, fields: columnsOf(after) };
            expect((await readRows(rows)).rows).to.equal(300);
        } finally {
            await rm(folder, { recursive: true });
        }
    });
});
