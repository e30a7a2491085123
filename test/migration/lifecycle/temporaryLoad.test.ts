import { expect } from "chai";

import {
    loadCollection,
    loadPartitions,
    partitionsNotLoaded,
    releaseCollection,
    releasePartitions,
} from "../../../provider/milvus/collection/loading";
import { createPartition } from "../../../provider/milvus/collection/partitions";
import { addField } from "../../../provider/milvus/collection/alterSchema";
import { observeCollection } from "../../../provider/observe/collection";
import { sampleRows } from "../../../provider/observe/sample";
import { Field } from "../../../provider/inputs/schema/field";
import type { FieldArguments } from "../../support/data/field";
import { readRows } from "../../support/data/reader";
import { countRows } from "../../../provider/milvus/rows/rows";
import { loadTemporarily } from "../../../provider/migration/lifecycle/temporaryLoad";
import { both, create, insert, open, ref, serve } from "../../fake/open";

const docs = ref("docs");
const all = ["_default", "y2023", "y2024"];
const fields = both([]);

describe("a temporary load", () => {
    const messages: string[] = [];
    const report = { say: (line: string) => void messages.push(line), progress: () => undefined };

    afterEach(() => messages.splice(0));

    async function withRows() {
        const { client, fake } = await open("2.6.18");
        await create(client, "docs", { fields });
        for (const name of all.slice(1)) await createPartition(client, docs, name);
        await serve(client, "docs");
        for (const [at, partition] of all.entries())
            await insert(client, "docs", { fields, partition }, { id: [String(at), String(at + 10)] });
        await releaseCollection(client, docs);
        const bare = () => partitionsNotLoaded(client, docs, { fields: [], partitions: all });
        return { client, fake, bare };
    }

    it("loads the partitions that are not loaded, and releases them again", async () => {
        const { client, bare } = await withRows();
        await loadPartitions(client, docs, ["y2023"]);
        expect(await countRows(client, docs)).to.equal(2);
        const restoreLoad = await loadTemporarily(client, docs, report);
        expect(await countRows(client, docs)).to.equal(6);
        expect(messages).to.deep.equal([
            "docs is partially loaded: loading _default, y2024 to read all rows",
        ]);
        await restoreLoad();
        expect(await bare()).to.deep.equal(["_default", "y2024"]);
    });

    it("uses the current number of replicas, because Milvus refuses others", async () => {
        const { client } = await withRows();
        await loadCollection(client, docs, { replicas: 2, resourceGroups: [] });
        await releasePartitions(client, docs, ["y2024"]);
        const restoreLoad = await loadTemporarily(client, docs, report);
        expect(await countRows(client, docs)).to.equal(6);
        await restoreLoad();
        expect(await countRows(client, docs)).to.equal(4);
    });

    it("changes nothing if everything is loaded, at the cost of one more query", async () => {
        const { client, fake, bare } = await withRows();
        await loadCollection(client, docs, { replicas: 1, resourceGroups: [] });
        const before = fake.calls.length;
        const restoreLoad = await loadTemporarily(client, docs, report);
        await restoreLoad();
        expect(fake.calls.slice(before)).to.deep.equal([
            "GetLoadState",
            "ShowPartitions",
            "DescribeCollection",
            "GetLoadState",
        ]);
        expect(await bare()).to.deep.equal([]);
        expect(messages).to.deep.equal([]);
    });

    it("loads a vector that was added since the load, without which no row could be read", async () => {
        const { client, fake } = await open("2.6.18");
        const image: FieldArguments = { name: "image", dataType: "FloatVector", dim: 2, nullable: true };
        await create(client, "docs", { fields });
        await serve(client, "docs");
        await insert(client, "docs", { fields }, { id: ["1"] });
        await addField(client, docs, Field.parse(image));
        const whole = { client, collection: "docs", fields: [...fields, image] };
        const source = (await observeCollection(client, docs))!;
        expect(await sampleRows(client, source), "a preview does without a sample").to.equal(undefined);
        const restoreLoad = await loadTemporarily(client, docs, report);
        await restoreLoad();
        expect((await readRows(whole)).column("image")).to.deep.equal(["NULL"]);
        expect(messages).to.deep.equal(["docs: loading what was added to it (image)"]);
        fake.calls.length = 0;
        await loadTemporarily(client, docs, report);
        expect(fake.calls).to.not.include("LoadCollection");
    });
});
