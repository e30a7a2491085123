import { expect } from "chai";

import { typeName, typeText } from "../../../provider/plan/diff/typeText";

const page = { name: "page", dataType: "Int64" as const, description: "" };
const image = { name: "image", dataType: "FloatVector" as const, dim: 8, description: "" };
const structs = (...fields: (typeof page | typeof image)[]) =>
    ({ dataType: "Array", elementType: "Struct", fields }) as const;

describe("the text of a type", () => {
    it("has the size of a vector and of a text", () => {
        expect(typeText({ dataType: "FloatVector", dim: 768 })).to.equal("FloatVector(768)");
        expect(typeText({ dataType: "VarChar", maxLength: 64 })).to.equal("VarChar(64)");
        expect(typeText({ dataType: "Int64" })).to.equal("Int64");
    });

    it("has the element type of an Array", () => {
        expect(typeName({ dataType: "Array", elementType: "Int64" })).to.equal("Array<Int64>");
        expect(typeName({ dataType: "Array" })).to.equal("Array<?>");
        expect(typeName({ dataType: "Int64", elementType: "Int8" })).to.equal("Int64");
    });

    it("has the fields of a Struct, in any order", () => {
        const text = "Array<Struct(image FloatVector(8), page Int64)>";
        expect(typeName(structs(page, image))).to.equal(text);
        expect(typeName(structs(image, page))).to.equal(text);
    });
});
