import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server is asked, and what it answers. */
export interface EmbeddingServer {
    url: string;
    /** Texts of each call that it has answered with vectors. */
    answered: number[];
    /** Calls that it has turned away with 429. */
    turnedAway: () => number;
    /** The `authorization` of the calls. */
    keys: Set<string | undefined>;
    close: () => Promise<void>;
}

/**
 * An endpoint of embeddings as OpenAI's is (API reference, "Create embeddings"): it takes `{ model, input }`, turns every
 * third call away with 429 and `retry-after`, and answers in another order than it was asked, with the index of each
 * text. `refuse` is a status that it answers each call with.
 */
export async function startEmbeddingServer(
    embed: (text: string) => number[],
    { refuse }: { refuse?: number } = {},
): Promise<EmbeddingServer> {
    const answered: number[] = [];
    const keys = new Set<string | undefined>();
    let calls = 0;
    let turnedAway = 0;
    const server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part: Buffer) => parts.push(part));
        request.on("end", () => {
            keys.add(request.headers.authorization);
            if (refuse !== undefined) {
                response.writeHead(refuse).end();
                return;
            }
            if (++calls % 3 === 0) {
                turnedAway++;
                response.writeHead(429, { "retry-after": "0.01" }).end();
                return;
            }
            const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
            answered.push(input.length);
            const data = input.map((text, index) => ({ index, embedding: embed(text) })).reverse();
            response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`,
        answered,
        turnedAway: () => turnedAway,
        keys,
        close: () => new Promise((resolve) => server.close(() => resolve())),
    };
}
