import { expect } from "chai";

import { createPartition } from "../../../provider/milvus/collection/partitions";
import type { Message } from "../../../provider/milvus/transport/protocol";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { columnsOf, odd, Place, versions } from "../../milvus/versioned";
import { readPage } from "../../../provider/wire";
import { toCells } from "../../support/data/fieldData";
import { onServers } from "../../support/servers/onServers";
import { answer } from "../../wire/support";

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

onServers("the row writer of rows with dynamic keys", { needs: ["partitions"] }, (server) => {
    let place: Place;
    let writer: RowWriter;
    beforeEach(async function () {
        this.timeout(60_000);
        place = await Place.open(server(), "Int64", true);
        for (const partition of ["p", "q"]) await createPartition(place.client, place.ref, partition);
        const { lineBreaks } = place.source;
        writer = new RowWriter(place, {
            key: "id",
            autoId: false,
            isDynamic: true,
            batchBytes: 1 << 20,
            lineBreaks,
        });
    });
    afterEach(() => place.close());

    const meta = (values: object[]) => {
        const data = values.map((value) => Buffer.from(JSON.stringify(value)));
        const column = { field_name: "$meta", type: "JSON", is_dynamic: true };
        return readPage(answer({ ...column, scalars: { json_data: { data } } })).columns;
    };
    const put = (keys: bigint[], version: number, dynamic: object[], partition?: string) =>
        writer.put([...columnsOf(place.fields, keys, version), ...meta(dynamic)], keys, partition);
    const dynamicOf = async (key: bigint) => {
        const { fields_data } = await place.client.call("Query", {
            collection_name: place.ref.name,
            expr: `id == ${key}`,
            output_fields: ["$meta"],
            consistency_level: "Strong",
        });
        const column = (fields_data as Message[]).find(
            ({ is_dynamic, type }) => is_dynamic || type === "JSON",
        );
        return toCells(column!).map((text) => JSON.parse(text) as object);
    };

    it("leaves no dynamic key of the row that it replaces", async () => {
        await put([1n, 2n], 1, [{ extra: 1, more: "x" }, { extra: 1 }]);
        await put([1n], 2, [{ extra: 2 }]);
        expect(await place.read([1n, 2n])).to.deep.equal([
            [1n, 2],
            [2n, 1],
        ]);
        expect(await dynamicOf(1n)).to.deep.equal([{ extra: 2 }]);
    });

    it("keeps a row that has moved to another partition when it is deleted from the old one", async () => {
        await put([1n, 2n], 1, [{ a: 1 }, { a: 2 }], "p");
        await put([1n], 2, [{ b: 1 }], "q");
        await writer.remove([1n], "p");
        expect(await place.read([1n, 2n], "q")).to.deep.equal([[1n, 2]]);
        expect(await place.read([1n, 2n], "p")).to.deep.equal([[2n, 1]]);
    });
});
