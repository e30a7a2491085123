import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { makeProgram, type Program } from "../../scripts/engine/program";
import type { Engine, Stack } from "../../scripts/engine/stack";

/**
 * A resource whose inputs control its provider: `n` changes in place, `r` requires a replacement, `fails` names a call
 * that fails, `dbr` requests deletion before replacement. Each call is appended to a file, so that tests can check the
 * order.
 */
const library = `
const pulumi = require("@pulumi/pulumi");
const provider = {
    async configure(request) { this.token = request.config.get("milvus:token"); },
    async check(olds, news) {
        require("fs").appendFileSync("calls", "check " + news.name + " " + olds.n + "->" + news.n + "\\n");
        return { inputs: news, failures: news.bad ? [{ property: "bad", reason: "is not good" }] : [] };
    },
    async diff(id, olds, news) {
        require("fs").appendFileSync("calls", "diff " + id + " " + olds.n + "->" + news.n + "\\n");
        return {
            changes: olds.n !== news.n || olds.r !== news.r,
            replaces: olds.r !== news.r ? ["r"] : [],
            deleteBeforeReplace: news.dbr,
        };
    },
    async create(inputs) {
        require("fs").appendFileSync("calls", "create " + inputs.name + inputs.r + "\\n");
        if (inputs.fails === "create") throw new Error("cannot create");
        const id = inputs.name + inputs.r;
        if (inputs.fails === "partial") {
            throw Object.assign(new Error("half made"), { id, properties: inputs, reasons: ["not ready"] });
        }
        if (inputs.fails === "crash") process.kill(process.pid, "SIGKILL");
        console.log("made " + id);
        return { id, outs: { ...inputs, made: id + "!", tokenLength: (this.token ?? "").length } };
    },
    async update(id, olds, news) {
        require("fs").appendFileSync("calls", "update " + id + " " + olds.n + "->" + news.n + "\\n");
        if (news.fails === "update") throw new Error("cannot update");
        return { outs: { ...news, made: id + "!" } };
    },
    async delete(id, outputs) {
        require("fs").appendFileSync("calls", "delete " + id + "\\n");
        if (require("fs").existsSync("undeletable")) throw new Error("cannot delete");
    },
    async read(id, outputs) {
        require("fs").appendFileSync("calls", "read " + id + "\\n");
        return require("fs").existsSync("gone") ? { id: "", props: {} } : { id, props: { ...outputs, n: 99 } };
    },
};
class Thing extends pulumi.dynamic.Resource {
    constructor(name, args, options) {
        super(provider, name, { made: undefined, tokenLength: undefined, r: 1, n: 0, ...args, name }, options, "test", "Thing");
    }
}
`;

/** A stack of Things: runs the next version, and returns the provider's calls. */
export class Things {
    private constructor(
        readonly program: Program,
        readonly stack: Stack,
    ) {}

    /** The program's body, in JavaScript: `new Thing("a", { n: 1 })`. */
    static async start(engine: Engine, body: string): Promise<Things> {
        const program = await makeProgram({ files: { "index.js": library + body } });
        return new Things(program, await engine.createStack({ program }));
    }

    next(body: string): Promise<void> {
        return this.program.write("index.js", library + body);
    }

    /** Creates a file that changes the provider's behaviour: `gone`, `undeletable`. */
    touch(file: string): Promise<void> {
        return this.program.write(file, "");
    }

    /** The provider's calls since the previous query. */
    async calls(): Promise<string[]> {
        const file = join(this.program.dir, "calls");
        const text = await readFile(file, "utf8").catch(() => "");
        await writeFile(file, "");
        return text.split("\n").filter(Boolean);
    }

    /** The ids of the Things in the state; one with a pending deletion has a `-` before it. */
    async ids(): Promise<string[]> {
        const { resources } = await this.stack.exportState();
        const things = resources.filter(({ type }) => type.endsWith(":Thing"));
        return things.map(({ id, delete: pending }) => (pending ? "-" : "") + (id ?? "")).sort();
    }

    async end(): Promise<void> {
        await this.stack.close();
        await this.program.dispose();
    }
}
