import { expect } from "chai";

import { EngineLog, messageOf, urnOf } from "../provider/engineLog";
import { type Handlers, serve } from "../scripts/engine/small/monitor";

const urn = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/milvus:Collection::docs";

describe("the log of the engine", () => {
    const closing: { close(): void }[] = [];
    afterEach(() => closing.splice(0).forEach((one) => one.close()));

    const open = (address: string | undefined) => {
        const printed: string[] = [];
        const log = new EngineLog(address, (line) => printed.push(line));
        closing.push(log);
        const write = (line: string, kind?: "status") =>
            log.write(urn, messageOf("docs", line, kind === "status"), line);
        return { log, printed, write };
    };

    it("gets each line with its resource and severity, in order, and no status that is to be kept", async () => {
        const told: string[] = [];
        const engine = await serve({
            log: (severity: string, message: string, at: string) => told.push(`${severity} ${at} ${message}`),
        } as unknown as Handlers);
        closing.push(engine);
        const { log, printed, write } = open(engine.address);
        write("docs: migrate 10 rows");
        write("  ~ lang: new VarChar(8)");
        write("  warning: load: Searches fail. [MV124]");
        write("docs: copied 5 of 10 rows", "status");
        write("warning: alias live: moves [MV351]");
        await log.settled();
        expect(told).to.deep.equal([
            `info ${urn} migrate 10 rows`,
            `info ${urn}   ~ lang: new VarChar(8)`,
            `warning ${urn} load: Searches fail. [MV124]`,
            `warning ${urn} alias live: moves [MV351]`,
        ]);
        expect(printed).to.deep.equal([]);
    });

    it("prints each line as it is where no engine answers, or the engine did not start the process", async () => {
        const engine = await serve({} as unknown as Handlers);
        engine.close();
        for (const address of [engine.address, undefined]) {
            const { log, printed, write } = open(address);
            write("docs: copied 10 rows");
            write("warning: fields[0]: a warning [MV073]");
            await log.settled();
            expect(printed).to.deep.equal(["docs: copied 10 rows", "warning: fields[0]: a warning [MV073]"]);
        }
    });
});

describe("the URN of a resource by its owner", () => {
    const type = "pulumi-nodejs:dynamic/milvus:Collection";
    for (const [what, owner, expected] of [
        ["without a parent", "shop/prod/docs", `urn:pulumi:prod::shop::${type}::docs`],
        [
            "in a component of a component",
            "shop/prod/test:index:Product$test:index:Search::shop/docs",
            `urn:pulumi:prod::shop::test:index:Product$test:index:Search$${type}::docs`,
        ],
        [
            "under another collection",
            `shop/prod/${type}::papers/docs`,
            `urn:pulumi:prod::shop::${type}$${type}::docs`,
        ],
        [
            "with the stack as its parent",
            "shop/prod/pulumi:pulumi:Stack::shop-prod/docs",
            `urn:pulumi:prod::shop::${type}::docs`,
        ],
    ] as const)
        it(`names the types of its parents: ${what}`, () => {
            expect(urnOf(owner, "docs", "Collection")).to.equal(expected);
        });
});
