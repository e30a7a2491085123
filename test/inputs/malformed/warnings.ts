import { type Args, smallProgram } from "../program";

/** Programs that get exactly one warning: its code and its path. */
export const warnings: [args: Args, code: string, path: string][] = [
    [smallProgram({ name: "like", dataType: "Int8" }), "MV019", "fields[2].name"],
    [
        smallProgram({ name: "v", dataType: "FloatVector", dim: 2, nullable: true }),
        "MV028",
        "fields[2].nullable",
    ],
    [
        smallProgram({
            name: "s",
            dataType: "Array",
            elementType: "Struct",
            maxCapacity: 4,
            nullable: true,
            fields: [{ name: "x", dataType: "Int8" }],
        }),
        "MV029",
        "fields[2].nullable",
    ],
    [
        smallProgram(...["a", "b", "c", "d"].map((name) => ({ name, dataType: "FloatVector", dim: 2 }))),
        "MV052",
        "fields",
    ],
    [
        { ...smallProgram(), indexes: [{ field: "vector", indexType: "HNSW2" }] },
        "MV063",
        "indexes[0].indexType",
    ],
    [
        {
            ...smallProgram(
                { name: "f", dataType: "FloatVector", dim: 2 },
                { name: "t", dataType: "VarChar" },
            ),
            functions: [{ name: "f", type: "TextEmbeding", inputFieldNames: ["t"], outputFieldNames: ["f"] }],
        },
        "MV073",
        "functions[0].type",
    ],
    [
        smallProgram(
            {
                ...{ name: "t", dataType: "VarChar", enableAnalyzer: true },
                multiAnalyzerParams: { analyzers: { default: { type: "standard" } }, by_field: "l" },
            },
            { name: "l", dataType: "VarChar" },
        ),
        "MV479",
        "fields[2].multiAnalyzerParams",
    ],
    [{ ...smallProgram(), connection: { address: "db:1", caFile: "ca.pem" } }, "MV094", "connection.caFile"],
];
