import { expect } from "chai";

import { targetOf, usesTls } from "../../../provider/milvus/transport/channel";

describe("an address", () => {
    for (const [address, ssl, target, tls] of [
        ["Milvus.example", false, "milvus.example:19530", false],
        ["http://milvus.example:29530/", false, "milvus.example:29530", false],
        ["milvus.example:19530", true, "milvus.example:19530", true],
        ["https://milvus.example", false, "milvus.example:443", true],
        ["https://milvus.example:19530", false, "milvus.example:19530", true],
    ] as const)
        it(`${address}${ssl ? " with ssl" : ""} is ${target}, ${tls ? "with" : "without"} TLS`, () => {
            expect(targetOf({ address, ssl })).to.equal(target);
            expect(usesTls({ address, ssl })).to.equal(tls);
        });
});
