import { missingCommand } from "../languages/project";
import { onServers } from "../servers/onServers";
import type { Server, ServerName } from "../servers";
import { ExampleStack, type ExampleOptions } from "./exampleStack";

export interface OnExamples {
    /** milvus-lite 3.2.2 by default. */
    servers?: ServerName[];
    apart?: boolean;
    /** Commands that it needs beside `pulumi`. */
    needs?: string[];
}

type Open = (name: string, options?: ExampleOptions & { on?: Server }) => Promise<ExampleStack>;

/** A suite with the real CLI, in the full tier. `open()` gives a test an example, which is closed after it. */
export function onExamples(
    title: string,
    { servers = ["milvus-lite-3.2.2"], apart, needs = ["pulumi-language-nodejs"] }: OnExamples,
    suite: (open: Open, server: () => Server) => void,
): void {
    onServers(title, { servers, fast: [], apart }, (server) => {
        const opened: ExampleStack[] = [];
        before(function () {
            const missing = missingCommand(["pulumi", ...needs]);
            if (missing === undefined) return;
            console.log(`${missing} is not on PATH: ${title} is not tested`);
            this.skip();
        });
        afterEach(async function () {
            this.timeout(5 * 60_000);
            for (const example of opened.splice(0)) await example.close();
        });
        suite(async (name, { on = server(), ...options } = {}) => {
            const example = await ExampleStack.open(name, on, options);
            opened.push(example);
            return example;
        }, server);
    });
}
