import { expect } from "chai";

import type { Collection, Field } from "../../../provider/inputs/schema/collection";
import type { ObservedField } from "../../../provider/observe/state";
import { carryFields } from "../../../provider/plan/carry/carryFields";
import { originsOf } from "../../../provider/plan/diff/fieldOrigins";
import { recorded } from "../../../provider/plan/offline";
import { collection, field, id, text, vector } from "../arbitrary";

type Seen = Partial<ObservedField>;
const other = field({ name: "other", dataType: "Int64" });
const given = (...fields: Field[]): Collection => collection({ fields: [id, vector, ...fields] });

/** The third field of a new collection, and the lines about it; `seen` is what the server says of that field. */
function carried(before: Field[], after: Field[], seen: Seen) {
    const [deployed, target] = [given(...before), given(...after)];
    const source = recorded(deployed);
    source.fields[2] = { ...source.fields[2]!, ...seen };
    const names = new Set(source.fields.map(({ name }) => name));
    const origins = originsOf(target.fields, names, deployed.fields);
    const { fields, ...lines } = carryFields(deployed, target, source, origins);
    expect(fields).to.have.length(target.fields.length);
    return { ...lines, field: fields[2]! as Field & Seen };
}

describe("a field of a new collection", () => {
    it("is as the program says where the server says nothing else", () => {
        expect(carried([text], [text], {})).to.deep.equal({ field: text, kept: [], left: [] });
    });

    it("is as the program says where it is new, whatever a dropped field had", () => {
        const seen = { otherParams: { "mmap.enabled": "true" }, description: "gone" };
        expect(carried([text], [other], seen)).to.deep.equal({ field: other, kept: [], left: [] });
    });

    it("keeps the parameters that no argument sets, also after a rename", () => {
        const otherParams = { "mmap.enabled": "true", "x.codec": "zstd" };
        const body = { ...text, name: "body", previousName: "text" };
        expect(carried([text], [body], { otherParams })).to.deep.equal({
            field: { ...body, otherParams },
            kept: ["mmap.enabled=true of body", "x.codec=zstd of body"],
            left: [],
        });
    });

    it("keeps with another type only the parameters that fit every type", () => {
        const otherParams = {
            "mmap.enabled": "true",
            mmap_enabled: "true",
            warmup: "sync",
            mmapped: "1",
            "x.mmap.enabled": "1",
        };
        const number = field({ name: "text", dataType: "Int64" });
        expect(carried([text], [number], { otherParams })).to.deep.equal({
            field: {
                ...number,
                otherParams: { "mmap.enabled": "true", mmap_enabled: "true", warmup: "sync" },
            },
            kept: ["mmap.enabled=true of text", "mmap_enabled=true of text", "warmup=sync of text"],
            left: ["mmapped of text (its type changes)", "x.mmap.enabled of text (its type changes)"],
        });
    });

    for (const role of ["isPartitionKey", "isClusteringKey"] as const)
        it(`keeps ${role} of the server, unless the program gives or gave it to a field`, () => {
            const seen = { [role]: true };
            expect(carried([text], [text], seen)).to.deep.equal({
                field: { ...text, ...seen },
                kept: [`${role} of text`],
                left: [],
            });
            expect(carried([text], [text, { ...other, ...seen }], seen).field).to.deep.equal(text);
            expect(carried([{ ...text, ...seen }], [text], seen)).to.deep.include({ field: text, kept: [] });
            // A field that the program never declared.
            const undeclared = carried([{ ...text, name: "hidden" }], [text], { ...seen, name: "text" });
            expect(undeclared.field).to.deep.equal({ ...text, ...seen });
        });

    describe("with an analyzer that only the server has", () => {
        const analyzerParams = { type: "english" };

        it("keeps it", () => {
            const seen = { enableAnalyzer: true, enableMatch: false, analyzerParams };
            expect(carried([text], [text], seen)).to.deep.equal({
                field: { ...text, ...seen },
                kept: ["the analyzer of text"],
                left: [],
            });
            const bare = { enableAnalyzer: false, enableMatch: true };
            expect(carried([text], [text], bare).field).to.deep.equal({ ...text, ...bare });
            expect(carried([text], [text], bare).field).to.not.have.property("analyzerParams");
        });

        it("has what the program says where it says or said anything, and none with another type", () => {
            const seen = { enableAnalyzer: true, enableMatch: false, analyzerParams };
            for (const told of ["enableAnalyzer", "enableMatch"]) {
                const own = { ...text, [told]: true };
                expect(carried([own], [text], seen)).to.deep.include({ field: text, kept: [] });
                expect(carried([text], [own], seen)).to.deep.include({ field: own, kept: [] });
            }
            const number = field({ name: "text", dataType: "JSON" });
            expect(carried([text], [number], seen)).to.deep.include({ field: number, kept: [] });
            // A field that the program never declared.
            const { name } = text;
            const undeclared = { ...text, name: "hidden" };
            expect(carried([undeclared], [text], { ...seen, name }).field).to.deep.include(seen);
        });
    });

    describe("with analyzers by language that only the server has", () => {
        const multiAnalyzerParams = { analyzers: { default: { type: "standard" } }, by_field: "other" };
        const seen = { enableAnalyzer: true, enableMatch: false, multiAnalyzerParams };

        it("keeps them, also where the field of the language has another name", () => {
            expect(carried([text, other], [text, other], seen).field).to.deep.include(seen);
            const language = { ...other, name: "language", previousName: "other" };
            const { field: renamed, kept } = carried([text, other], [text, language], seen);
            expect(renamed.multiAnalyzerParams).to.deep.equal({
                ...multiAnalyzerParams,
                by_field: "language",
            });
            expect(kept).to.deep.equal(["the analyzer of text"]);
        });

        it("says that they go with that field", () => {
            const { field: left, ...lines } = carried([text, other], [text], seen);
            expect(left).to.not.have.property("multiAnalyzerParams");
            expect(lines).to.deep.equal({
                kept: [],
                left: ["the analyzers by language of text (other is dropped)"],
            });
        });
    });

    it("keeps how it is kept in memory, also with another type, unless the program says or said it", () => {
        const seen = { mmap: true, warmup: "disable" } as const;
        const number = field({ name: "text", dataType: "Int64" });
        for (const after of [text, number])
            expect(carried([text], [after], seen)).to.deep.equal({
                field: { ...after, ...seen },
                kept: ["mmap.enabled=true of text", "warmup=disable of text"],
                left: [],
            });
        const said = { ...text, mmap: false };
        expect(carried([text], [said], seen).field).to.deep.include({ mmap: false, warmup: "disable" });
        expect(carried([said], [text], seen).field).to.not.have.property("mmap");
    });

    it("keeps the description of the server, unless the program has or had one", () => {
        const seen = { description: "by a client" };
        const told = { ...text, description: "by the program" };
        expect(carried([text], [text], seen).field.description).to.equal("by a client");
        expect(carried([text], [told], seen).field.description).to.equal("by the program");
        expect(carried([told], [text], seen).field.description).to.equal("");
        const undeclared = { ...text, name: "hidden" };
        expect(carried([undeclared], [text], { ...seen, name: "text" }).field.description).to.equal(
            "by a client",
        );
    });

    it("keeps what the server knows of the fields of a Struct", () => {
        const [page, line, added] = ["page", "line", "added"].map((name) => ({
            name,
            dataType: "Int64" as const,
            description: "",
        }));
        const chunks = (...fields: NonNullable<Field["fields"]>) =>
            field({ name: "chunks", dataType: "Array", elementType: "Struct", fields });
        const otherParams = { "mmap.enabled": "true" };
        const seen = {
            fields: [
                { ...page!, description: "by a client", otherParams },
                { ...line!, description: "by a client" },
            ],
        };
        const told = { ...line!, description: "by the program" };
        expect(
            carried([chunks(page!, line!)], [chunks(page!, told, added!)], seen).field.fields,
        ).to.deep.equal([{ ...page!, description: "by a client", otherParams }, told, added]);
        expect(carried([text], [text], seen).field).to.not.have.property("fields");
    });
});
