import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { BaselineFolder, type Manifest } from "../../../provider/migration/catchup/baselineFolder";
import { RunError } from "../../../provider/migration/errors";
import type { Range } from "../../../provider/migration/keys/keyRanges";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { runs } from "../../support/tier";
import { anyText } from "../../support/random/text";

const key = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), anyText());
const bound = fc.option(key, { nil: undefined });
const range: fc.Arbitrary<Range> = fc.record({
    partition: fc.option(fc.string(), { nil: undefined }),
    begin: bound,
    after: bound,
    upTo: bound,
    copied: bound,
    left: fc.nat(),
    done: fc.boolean(),
});

const mapping: Manifest["mapping"] = {
    columns: [],
    dropped: [],
    dynamic: "none",
    key: { from: "id", to: "id", dataType: "Int64", regenerate: false },
};
const manifest: Manifest = {
    owner: "shop/prod/docs",
    from: "3fa9c1d",
    to: "ba4d643",
    baselineId: "0b6f3c1e",
    mapping,
    partitions: { kind: "together" },
    ranges: [],
};
const whole: Range = {
    partition: undefined,
    begin: undefined,
    after: undefined,
    upTo: undefined,
    copied: undefined,
    left: 0,
    done: true,
};

/** A complete folder with a file for each range of the manifest. */
async function complete(given: Manifest): Promise<BaselineFolder> {
    const folder = await BaselineFolder.create(given);
    for (const place of given.ranges.keys()) await (await folder.write(place)).close();
    await folder.complete(given);
    return folder;
}

describe("the baseline folder of a migration", () => {
    const temporary = useTemporaryFolder();

    it("is found by a later process, with any ranges and any values of the program", () =>
        fc.assert(
            fc.asyncProperty(
                fc.array(range, { maxLength: 4 }),
                fc.oneof(fc.jsonValue(), fc.constant({ int64: "5" })),
                async (ranges, value) => {
                    const backfilled = { ...mapping, columns: [{ source: { kind: "constant", value } }] };
                    const given = { ...manifest, ranges, mapping: backfilled as Manifest["mapping"] };
                    await complete(given);
                    const found = await BaselineFolder.find(given);
                    // JSON leaves out undefined values, and has no -0.
                    const ranged = found!.manifest.ranges.map((one) => ({ ...whole, ...one }));
                    expect(ranged).to.deep.equal(ranges.map((one) => ({ ...whole, ...one })));
                    expect(found!.manifest.mapping).to.deep.equal(JSON.parse(JSON.stringify(backfilled)));
                },
            ),
            { numRuns: runs(50) },
        ));

    it("is not found for another migration", async () => {
        await complete(manifest);
        expect(await BaselineFolder.find(manifest)).to.exist;
        const others = [
            { owner: "shop/prod/pages" },
            { from: "0000000" },
            { to: "0000000" },
            // The baseline of another run of the same migration.
            { baselineId: "77c0a9d2" },
            { baselineId: undefined },
        ];
        for (const other of others)
            expect(await BaselineFolder.find({ ...manifest, ...other }), JSON.stringify(other)).to.equal(
                undefined,
            );
    });

    it("is found without a baseline ID if the server stores no properties", async () => {
        const unnamed = { ...manifest, baselineId: undefined };
        await complete(unnamed);
        expect(await BaselineFolder.find(unnamed)).to.exist;
        expect(await BaselineFolder.find(manifest)).to.equal(undefined);
    });

    it("is ignored before it is complete, and with a truncated manifest", async () => {
        const folder = await BaselineFolder.create(manifest);
        expect(await BaselineFolder.find(manifest)).to.equal(undefined);
        await folder.complete(manifest);
        const file = join(folder.path, "manifest.json");
        const text = await readFile(file, "utf8");
        for (const truncated of [text.slice(0, text.length >> 1), "", "{}", "null"]) {
            await writeFile(file, truncated);
            expect(await BaselineFolder.find(manifest), truncated).to.equal(undefined);
        }
    });

    it("records added ranges after it is complete, and not before", async () => {
        const folder = await BaselineFolder.create(manifest);
        const later = {
            partitions: { kind: "by-name" as const, carried: ["fresh"], dropped: [] },
            ranges: [whole],
        };
        await folder.writeEmpty(0);
        await folder.extend(later);
        expect(await BaselineFolder.find(manifest)).to.equal(undefined);
        await folder.complete(manifest);
        const found = (await BaselineFolder.find(manifest))!;
        // The process that resumes can extend it as well.
        await found.folder.extend(later);
        const { ranges, ...now } = (await BaselineFolder.find(manifest))!.manifest;
        const { ranges: none, ...before } = manifest;
        expect(now).to.deep.equal({ ...before, partitions: later.partitions });
        expect(ranges).to.have.length(none.length + 1);
    });

    it("is ignored if a cleaner of temporary files deleted a part of it", async () => {
        const given = { ...manifest, ranges: [whole, whole] };
        const folder = await complete(given);
        expect(await BaselineFolder.find(given)).to.exist;
        await rm(join(folder.path, "1.base"));
        expect(await BaselineFolder.find(given)).to.equal(undefined);
    });

    it("starts empty, and is not found after its removal", async () => {
        const folder = await complete({ ...manifest, ranges: [whole] });
        const again = await BaselineFolder.create(manifest);
        expect(again.path).to.equal(folder.path);
        expect(await readdir(again.path)).to.deep.equal([]);
        await again.remove();
        expect(await BaselineFolder.find(manifest)).to.equal(undefined);
    });

    it("is readable only by this user", async () => {
        const { path } = await complete({ ...manifest, ranges: [whole] });
        const modes = [path, join(path, "0.base"), join(path, "manifest.json")].map(
            async (one) => (await stat(one)).mode & 0o077,
        );
        expect(await Promise.all(modes)).to.deep.equal([0, 0, 0]);
    });

    it("is neither written nor read if others have access to it", async () => {
        const { path } = await complete(manifest);
        await chmod(dirname(path), 0o777);
        expect(await BaselineFolder.find(manifest)).to.equal(undefined);
        const failure = await BaselineFolder.create(manifest).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(RunError).with.property("code", "MV340");
        expect((failure as Error).message).to.include("others may read it");
    });

    it("reports a folder that cannot be created", async () => {
        await writeFile(join(temporary(), "file"), "");
        process.env["TMPDIR"] = join(temporary(), "file");
        const failure = await BaselineFolder.create(manifest).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(RunError).with.property("code", "MV319");
        expect((failure as Error).message).to.match(/Nothing was dropped. Free some space, or set TMPDIR/);
    });
});
