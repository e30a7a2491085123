import { expect } from "chai";

import { codeOfKind, type ErrorKind, MilvusError } from "../../provider/milvus/transport/errors";
import { codes, isRetryable, type RunCode, RunError } from "../../provider/migration/errors";

/** Every code of a run and every kind of server error: true keeps the copy of a migration, false drops it. */
const runs: Record<RunCode, boolean> = {
    MV301: false,
    MV302: false,
    MV303: false,
    MV304: true,
    MV305: false,
    MV306: false,
    MV307: false,
    MV308: false,
    MV309: false,
    MV310: false,
    MV311: false,
    MV312: false,
    MV313: false,
    MV314: false,
    MV315: true,
    MV316: false,
    MV317: false,
    MV318: true,
    MV319: true,
    MV320: true,
    MV321: false,
    MV322: true,
    MV323: false,
    MV324: false,
    MV325: true,
    MV326: false,
    MV327: false,
    MV328: false,
    MV329: true,
    MV330: false,
    MV331: true,
    MV332: true,
    MV333: false,
    MV334: false,
    MV335: false,
    MV336: false,
    MV337: false,
    MV338: true,
    MV339: true,
    MV340: true,
    MV341: false,
    MV342: false,
    MV343: true,
    MV344: false,
    MV345: false,
    MV346: false,
    MV347: false,
    MV348: false,
    MV350: false,
    MV351: false,
    MV352: false,
    MV354: true,
    MV355: true,
    MV356: false,
    MV357: false,
    MV360: true,
    MV361: false,
    MV362: false,
    MV363: false,
    MV366: false,
    MV367: true,
    MV368: false,
    MV390: true,
    MV391: false,
    MV392: false,
    MV393: false,
};

const kinds: Record<ErrorKind, boolean> = {
    unreachable: true,
    timeout: true,
    unauthenticated: true,
    forbidden: false,
    tls: false,
    lost: true,
    "not-found": false,
    exists: false,
    unsupported: false,
    invalid: false,
    "rate-limited": true,
    "too-large": false,
    "not-loaded": true,
    rejected: true,
    "bad-answer": false,
    certificate: false,
    stalled: true,
    "build-failed": true,
    "short-write": false,
    internal: false,
    "not-ready": true,
};

describe("isRetryable", () => {
    it("is true exactly for the errors after which the same command can resume the copy", () => {
        const byCode = Object.keys(codes).map((code) => [
            code,
            isRetryable(new RunError(code as RunCode, "x")),
        ]);
        expect(Object.fromEntries(byCode)).to.deep.equal(runs);
        const byKind = Object.keys(codeOfKind).map((kind) => [
            kind,
            isRetryable(new MilvusError(kind as ErrorKind, "x")),
        ]);
        expect(Object.fromEntries(byKind)).to.deep.equal(kinds);
        for (const other of [new Error("x"), "x", undefined]) expect(isRetryable(other)).to.equal(false);
    });
});
