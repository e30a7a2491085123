import { readdir, rm } from "node:fs/promises";

import { expect } from "chai";

import { BaselineReader } from "../../../provider/migration/baseline/baselineFile";
import { layoutOf } from "../../../provider/migration/baseline/baselineLayout";
import { sourceHashesOf } from "../../../provider/migration/baseline/rowHashes";
import { CopyRecord, type RecordedCopy } from "../../../provider/migration/copy/copyRecord";
import { recordFolder } from "../../../provider/migration/baseline/ownFolder";
import { columnOfValues, type Key, keysOfValues } from "../../../provider/wire";
import { mappingWith } from "../catchup/mappings";

/** The range before a split, and its two parts. */
const range = { partition: undefined, begin: undefined };
const upper = { partition: undefined, begin: 10n };

describe("the record of a copy", () => {
    for (const regenerate of [false, true]) {
        const mapping = mappingWith({ regenerate, transform: !regenerate });
        const copy: RecordedCopy = { owner: `record/${process.pid}`, from: "a", to: "b", mapping };
        const kind = regenerate ? "with generated keys" : "with a transform";
        afterEach(() => rm(recordFolder(copy), { recursive: true, force: true }));

        /** A page of rows whose values depend on their keys and on the version. */
        const pageOf = (keys: readonly bigint[], version: number) => {
            const column = { name: "id", dataType: "Int64", nullable: false, hasDefault: false };
            const columns = [
                columnOfValues(column, keys),
                columnOfValues(
                    { ...column, name: "version" },
                    keys.map(() => BigInt(version)),
                ),
            ];
            const page = {
                status: { errorCode: 0, code: 0, reason: "", bytes: Buffer.alloc(0) },
                columns,
                rows: keys.length,
            };
            return {
                keys: keysOfValues(keys),
                source: sourceHashesOf(mapping, page, columns),
                columns: regenerate ? columns.slice(1) : columns,
                newKeys: regenerate ? keys.map((key) => key + 1000n) : undefined,
            };
        };
        const append = (
            record: CopyRecord,
            of: typeof range | typeof upper,
            keys: readonly bigint[],
            version = 1,
        ) => {
            const page = pageOf(keys, version);
            return record.append(of, page.keys, page);
        };

        async function read(path: string | undefined): Promise<[Key, string, string, bigint | undefined][]> {
            const rows: [Key, string, string, bigint | undefined][] = [];
            if (path === undefined) return rows;
            const reader = await BaselineReader.open(path, layoutOf(mapping));
            for (; await reader.fill(); reader.next())
                rows.push([reader.key(), reader.hash(), reader.targetHash(), reader.newKey()]);
            await reader.close();
            return rows;
        }
        const keysIn = async (path: string | undefined) => (await read(path)).map(([key]) => key);

        it(`has what was made of each row, one file per range, ${kind}`, async () => {
            const record = await CopyRecord.create(copy);
            await append(record, range, [1n, 2n]);
            await append(record, upper, [11n]);
            await append(record, range, [3n], 2);
            const [first, second, none] = await record.complete([range, upper, { ...range, partition: "p" }]);
            const rows = await read(first);
            expect(rows.map(([key]) => key)).to.deep.equal([1n, 2n, 3n]);
            expect(rows.map(([, , , newKey]) => newKey)).to.deep.equal(
                regenerate ? [1001n, 1002n, 1003n] : [undefined, undefined, undefined],
            );
            expect(new Set(rows.map(([, source]) => source)).size).to.equal(3);
            // The hash of the copy's row has the new key.
            for (const [, source, target] of rows) expect(source === target).to.equal(!regenerate);
            expect(await keysIn(second)).to.deep.equal([11n]);
            expect(none).to.equal(undefined);
            await record.remove();
            expect(await CopyRecord.find(copy)).to.equal(undefined);
        });

        it(`continues behind the checkpoint, with the rows that were sent after it as they were sent, ${kind}`, async () => {
            const first = await CopyRecord.create(copy);
            await append(first, range, [1n, 2n]);
            await append(first, range, [3n, 4n, 5n]);
            await first.close();
            const was = new Map<Key, unknown>();
            const record = (await CopyRecord.find(copy))!;
            // The rows 3 and 5 arrived; 4 did not, and has changed since.
            const sent = new Map([[undefined, new Set<Key>([3n, 5n])]]);
            await record.resume([{ ...range, upTo: undefined, copied: 2n, done: false }], sent);
            await record.append(range, keysOfValues([3n, 4n, 5n, 6n]), pageOf([4n, 6n], 2));
            const [path] = await record.complete([range]);
            for (const row of await read(path)) was.set(row[0], row.slice(1));
            expect([...was.keys()]).to.deep.equal([1n, 2n, 3n, 4n, 5n, 6n]);
            const reference = await CopyRecord.create(copy);
            await append(reference, range, [1n, 2n, 3n]);
            await append(reference, range, [4n], 2);
            await append(reference, range, [5n]);
            await append(reference, range, [6n], 2);
            const [expected] = await reference.complete([range]);
            for (const row of await read(expected)) expect(was.get(row[0])).to.deep.equal(row.slice(1));
        });

        it(`leaves out rows that were sent without a record, ${kind}`, async () => {
            const record = await CopyRecord.create(copy);
            await record.resume(
                [{ ...range, upTo: undefined, copied: 2n, done: false }],
                new Map([[undefined, new Set<Key>([3n])]]),
            );
            await record.append(range, keysOfValues([3n, 4n]), pageOf([4n], 1));
            await record.append(range, keysOfValues([5n]), undefined);
            const [path] = await record.complete([range]);
            expect(await keysIn(path)).to.deep.equal([4n]);
            expect(await readdir(recordFolder(copy))).to.have.length(1);
        });
    }
});
