import { expect } from "chai";

import {
    canMoveToDynamicField,
    type Conversion,
    conversionOf,
    extractionOf,
    type Typed,
} from "../../../../provider/plan/mapping/column/conversion";
import {
    dataTypes,
    elementTypes,
    isVector,
    type DataType,
} from "../../../../provider/inputs/schema/dataType";

const typed = (dataType: DataType): Typed => ({ dataType, ...(isVector(dataType) && { dim: 8 }) });
const plain = dataTypes.filter((dataType) => dataType !== "Array");
const letter = (conversion: Conversion | undefined) => (conversion ? conversion.kind[0]! : ".");

/** e: exact, c: checked, l: lossy, a point: none. A row is the source type, a column the target type. */
const golden = `
                   Boo Int Int Int Int Flo Dou Var JSO Geo Tim Flo Flo BFl Bin Int Spa
Bool                e   .   .   .   .   .   .   e   e   .   .   .   .   .   .   .   .
Int8                .   e   e   e   e   e   e   e   e   .   .   .   .   .   .   .   .
Int16               .   c   e   e   e   e   e   e   e   .   .   .   .   .   .   .   .
Int32               .   c   c   e   e   c   e   e   e   .   .   .   .   .   .   .   .
Int64               .   c   c   c   e   c   c   e   e   .   .   .   .   .   .   .   .
Float               .   c   c   c   c   e   e   e   e   .   .   .   .   .   .   .   .
Double              .   c   c   c   c   l   e   e   e   .   .   .   .   .   .   .   .
VarChar             c   c   c   c   c   c   c   c   c   .   .   .   .   .   .   .   .
JSON                c   c   c   c   c   c   c   c   e   .   .   .   .   .   .   .   .
Geometry            .   .   .   .   .   .   .   c   e   .   .   .   .   .   .   .   .
Timestamptz         .   .   .   .   .   .   .   c   e   .   .   .   .   .   .   .   .
FloatVector         .   .   .   .   .   .   .   .   .   .   .   e   l   l   .   c   .
Float16Vector       .   .   .   .   .   .   .   .   .   .   .   e   e   l   .   c   .
BFloat16Vector      .   .   .   .   .   .   .   .   .   .   .   e   l   e   .   c   .
BinaryVector        .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
Int8Vector          .   .   .   .   .   .   .   .   .   .   .   e   e   e   .   e   .
SparseFloatVector   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
`;

describe("a conversion of a field's values", () => {
    it("is exact, checked, lossy or none, for each pair of types", () => {
        const heads = plain.map((name) => name.slice(0, 3).padEnd(4)).join("");
        const lines = plain.map(
            (from) =>
                from.padEnd(20) +
                plain.map((to) => letter(conversionOf(typed(from), typed(to))).padEnd(4)).join(""),
        );
        const found = [heads.padStart(heads.length + 19), ...lines].map((line) => line.trimEnd());
        expect(`\n${found.join("\n")}\n`).to.equal(golden);
    });

    it("converts a scalar to an Array of one element, if the element converts", () => {
        const array = (elementType: string): Typed => ({ dataType: "Array", elementType });
        for (const from of plain)
            for (const elementType of elementTypes.filter((name) => name !== "Struct")) {
                if (["JSON", "Geometry", "Timestamptz"].includes(from)) continue;
                const element = conversionOf(typed(from), typed(elementType));
                expect(
                    conversionOf(typed(from), array(elementType)),
                    `${from}, ${elementType}`,
                ).to.deep.equal(element);
            }
    });

    it("converts Arrays element by element, and to JSON lists and back", () => {
        const array = (elementType: string, maxCapacity = 16): Typed => ({
            dataType: "Array",
            elementType,
            maxCapacity,
        });
        const kind = (from: Typed, to: Typed) => conversionOf(from, to)?.kind;
        expect(kind(array("Int32"), array("Int64"))).to.equal("exact");
        expect(kind(array("Int64"), array("Int32"))).to.equal("checked");
        expect(kind(array("Int32"), array("Int64", 8))).to.equal("checked");
        expect(kind(array("VarChar"), { dataType: "JSON" })).to.equal("exact");
        expect(kind({ dataType: "JSON" }, array("VarChar"))).to.equal("checked");
        expect(kind(array("Int32"), { dataType: "Int32" })).to.equal(undefined);
        expect(kind(array("Struct"), array("Struct"))).to.equal(undefined);
        expect(kind(array("Struct"), { dataType: "JSON" })).to.equal(undefined);
    });

    it("is exact to text only if the longest text fits", () => {
        const kind = (from: DataType, maxLength: number) =>
            conversionOf({ dataType: from }, { dataType: "VarChar", maxLength })?.kind;
        for (const [from, longest] of Object.entries({
            Bool: "false",
            Int8: "-128",
            Int16: "-32768",
            Int32: "-2147483648",
            Int64: "-9223372036854775808",
        } satisfies Partial<Record<DataType, string>>)) {
            expect(kind(from as DataType, longest.length), from).to.equal("exact");
            expect(kind(from as DataType, longest.length - 1), from).to.equal("checked");
        }
        const narrower = conversionOf(
            { dataType: "VarChar", maxLength: 80 },
            { dataType: "VarChar", maxLength: 64 },
        );
        expect(narrower).to.deep.equal({ kind: "checked", needs: "at most 64 bytes as text" });
    });

    it("requires the same dimension of a vector", () => {
        const vector = (dataType: DataType, dim: number): Typed => ({ dataType, dim });
        expect(conversionOf(vector("FloatVector", 8), vector("Float16Vector", 4))).to.equal(undefined);
    });

    it("reads from JSON what JSON can hold, and moves everything but vectors and Structs to it", () => {
        const extracted = plain.filter((name) => extractionOf(typed(name)));
        expect(extracted).to.deep.equal([...plain.slice(0, 9)]);
        expect(plain.filter((name) => canMoveToDynamicField(typed(name)))).to.deep.equal(
            plain.filter((name) => !isVector(name)),
        );
        expect(canMoveToDynamicField({ dataType: "Array", elementType: "Int64" })).to.equal(true);
        expect(canMoveToDynamicField({ dataType: "Array", elementType: "Struct" })).to.equal(false);
    });
});
