import { inflateRawSync } from "node:zlib";

/** The value of a compressed property. Throws if the text is not one. */
export function unpacked(text: string): unknown {
    return JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString("utf8"));
}
