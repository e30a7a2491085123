import { expect } from "chai";

import { createPartition } from "../../../provider/milvus/collection/partitions";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { columnsOf, odd, Place, versions } from "../../milvus/versioned";
import { onServers } from "../../support/servers/onServers";

onServers("the row writer", { needs: ["partitions"] }, (server) => {
    let place: Place;
    let writer: RowWriter;
    beforeEach(async function () {
        this.timeout(60_000);
        place = await Place.open(server(), "VarChar");
        for (const partition of ["p", "q"]) await createPartition(place.client, place.ref, partition);
        const { lineBreaks } = place.source;
        writer = new RowWriter(place, { key: "id", autoId: false, batchBytes: 1 << 20, lineBreaks });
    });
    afterEach(() => place.close());

    const put = (keys: string[], version: number, partition: string) =>
        writer.put(columnsOf(place.fields, keys, version), keys, partition);

    it("puts and deletes rows in their partition", async () => {
        await put(odd.VarChar, 1, "p");
        await put(["plain 1", "fresh"], 2, "p");
        const gone = odd.VarChar.filter((_, at) => at % 2 === 0);
        await writer.remove([...gone, "missing"], "p");
        const left = ["fresh", ...odd.VarChar.filter((key) => !gone.includes(key))];
        const isNew = (key: unknown) => key === "plain 1" || key === "fresh";
        const expected = versions(left, (key) => (isNew(key) ? 2 : 1));
        expect(await place.read([...odd.VarChar, "fresh"], "p")).to.deep.equal(expected);
        expect(await place.read(odd.VarChar, "q")).to.deep.equal([]);
    });

    it("keeps a row that has moved to another partition when it is deleted from the old one", async () => {
        await put(["a", "b"], 1, "p");
        await put(["a"], 2, "q");
        await writer.remove(["a"], "p");
        expect(await place.read(["a", "b"], "q")).to.deep.equal([["a", 2]]);
        expect(await place.read(["a", "b"], "p")).to.deep.equal([["b", 1]]);
    });
});
