import { expect } from "chai";

import type { Field } from "../../../provider/inputs/schema/collection";
import { analyzerLimits } from "../../../provider/plan/mapping/analyzerLimits";
import { bm25, collection, field, id, vector } from "../arbitrary";
import { servers } from "../servers";

const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });

function found(
    analyzerParams: object | undefined,
    server = "milvus-lite-3.2.2",
    functions = [bm25],
): string[] {
    const text = field({
        name: "text",
        dataType: "VarChar",
        enableAnalyzer: true,
        analyzerParams: analyzerParams as Field["analyzerParams"],
    });
    const target = collection({ fields: [id, vector, text, sparse], functions });
    return analyzerLimits(target, servers[server]!).map(
        ({ code, path, message, fix }) => `${code} ${path}: ${message} ${fix}`,
    );
}

describe("an analyzer that the server does not build as it is declared", () => {
    const english =
        'MV584 fields[2].analyzerParams: milvus-lite 3.2.2 does not have the analyzer english of text. Write tokenizer: "standard" or "jieba", or use Milvus.';

    it("is an error where its tokenizer is not there, however it is written", () => {
        for (const params of [
            { type: "english" },
            { tokenizer: "english" },
            { tokenizer: { type: "english" } },
        ])
            expect(found(params)).to.deep.equal([english]);
    });

    it("is a warning where a filter is read past", () => {
        const filter = [
            "lowercase",
            { type: "stop", stop_words: ["the"] },
            "asciifolding",
            { type: "stemmer" },
        ];
        expect(found({ tokenizer: "standard", filter })).to.deep.equal([
            "MV585 fields[2].analyzerParams: milvus-lite 3.2.2 analyzes text without the filter asciifolding, stemmer: searches by words find other rows than on Milvus. Omit the filter, or use Milvus.",
        ]);
    });

    it("is none with what the server has, and none that no function reads", () => {
        const stop = { tokenizer: "standard", filter: ["lowercase", { type: "stop", stop_words: ["the"] }] };
        const fit = [undefined, {}, { type: "standard" }, { tokenizer: { type: "jieba" } }, stop];
        for (const params of fit) expect(found(params), JSON.stringify(params)).to.deep.equal([]);
        expect(found({ type: "english" }, "milvus-lite-3.2.2", [])).to.deep.equal([]);
    });

    it("is none on Milvus, which decides by itself", () => {
        for (const server of ["milvus-2.5.4", "milvus-3.0.0"])
            expect(found({ type: "english" }, server)).to.deep.equal([]);
    });
});
