import { expect } from "chai";

import { configure } from "../../../provider/pulumi";
import { MilvusError } from "../../../provider/milvus/transport/errors";
import { RunError } from "../../../provider/migration/errors";
import { aliasSpec } from "../../../provider/resource/context/inputs";
import { withCode, withoutTrace } from "../../../provider/resource/context/withCode";
import { WireError } from "../../../provider/wire";

const column = "lang";

describe("an error that leaves the provider", () => {
    it("keeps the code that it has", () => {
        for (const error of [new RunError("MV313", "docs: refused"), new MilvusError("lost", "Insert docs")])
            expect(withCode(error)).to.equal(error);
    });

    it("shows no stack trace where it is expected, and keeps that of a bug", () => {
        // What @pulumi/pulumi/cmd/dynamic-provider writes to its standard error.
        const line = (error: Error) => `${String(error)}: ${error.stack}`;
        const protectedRows = withoutTrace(withCode(new RunError("MV305", "docs: not dropped")));
        expect(line(protectedRows)).to.equal("MV305: Deletion is protected");
        expect(protectedRows.message).to.equal("docs: not dropped [MV305]");
        expect(line(withoutTrace(new MilvusError("lost", "Insert docs")))).to.match(/^MV206: [^\n]*$/);
        expect(line(withoutTrace(withCode(new TypeError("no row 17"))))).to.match(/\n {4}at /);
    });

    it("gets the code of a row that does not fit, and of an answer that cannot be read", () => {
        const fit = { kind: "does-not-fit", column, row: 0, value: '"long"', wanted: "a number" } as const;
        for (const [problem, code] of [
            [fit, "MV309"],
            [{ kind: "null-refused", column, row: 0, count: 2 }, "MV309"],
            [{ kind: "malformed", detail: "no end" }, "MV221"],
            [{ kind: "missing-column", column }, "MV221"],
            [{ kind: "unsupported", column, detail: "not a column of primary keys" }, "MV348"],
        ] as const) {
            const error = withCode(new WireError(problem));
            expect(error.message).to.match(new RegExp(`[^.] \\[${code}\\]$`));
            expect(error.message).to.include(problem.kind === "malformed" ? "no end" : column);
        }
    });

    it("asks for a report where it is none that the provider expects", () => {
        const cause = new TypeError("keys of two types cannot be compared");
        const error = withCode(cause);
        expect(error.message).to.match(
            /^keys of two types cannot be compared\. This is a bug .*Report it.*\[MV348\]$/,
        );
        expect(error.cause).to.equal(cause);
        expect(withCode("nothing").message).to.match(/^nothing\. This is a bug/);
    });

    it("names the version where a state cannot be read", () => {
        expect(() => aliasSpec({ name: 1 })).to.throw(
            /^the state of this Alias cannot be read by this version.*\[MV346\]$/,
        );
        const unknown = () => configure({ resource: "Shard" }, { config: undefined as never });
        expect(unknown).to.throw(/^pulumi-milvus has no resource Shard\. Install the version.*\[MV347\]$/);
    });

    it("has a code where a method of a resource fails", async () => {
        const shell = { resource: "Alias" };
        await configure(shell, { config: undefined as never });
        const provider = shell as unknown as { read(id: string, props: object): Promise<unknown> };
        const failed = await provider.read("live", { name: 1 }).catch((error: unknown) => error);
        expect(failed).to.have.property("code", "MV346");
    });
});
