import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import {
    checkStatus,
    codeOfKind,
    fromGrpc,
    isConnectionTrouble,
    isMilvusError,
    MilvusError,
} from "../../../provider/milvus/transport/errors";

describe("a call's status", () => {
    it("is a success if both fields say so", () => {
        expect(() => checkStatus("Call", { error_code: "Success", code: 0 })).not.to.throw();
        expect(() => checkStatus("Call", { error_code: 0, code: 0 })).not.to.throw();
        expect(() => checkStatus("Call", {})).not.to.throw();
    });

    const refused = [
        [
            "a code beside Success, as milvus-lite 2.5 answers",
            { error_code: "Success", code: 1100, reason: "bad" },
            "invalid",
        ],
        [
            "a legacy error beside code 0",
            { error_code: "UnexpectedError", code: 0, reason: "no" },
            "rejected",
        ],
        ["a missing collection", { error_code: "CollectionNotExists", code: 100, reason: "x" }, "not-found"],
        ["a missing alias", { error_code: "UnexpectedError", code: 1600, reason: "x" }, "not-found"],
        [
            "a missing database, known only by the text",
            { error_code: 6, code: 6, reason: "database 'd' does not exist" },
            "not-found",
        ],
        [
            "a taken alias",
            { error_code: "UnexpectedError", code: 1, reason: "alias 'a' already exists" },
            "exists",
        ],
        ["a rate limit", { error_code: "RateLimit", code: 8, reason: "slow down" }, "rate-limited"],
        [
            "a released collection",
            { error_code: "UnexpectedError", code: 101, reason: "not loaded" },
            "not-loaded",
        ],
        ["a privilege that is missing", { error_code: 0, code: 1401, reason: "x" }, "forbidden"],
        ["too many databases", { error_code: 0, code: 801, reason: "x" }, "rejected"],
        // MV227.
        [
            "a server that says itself that it is not ready",
            { error_code: 1, code: 65535, reason: "x", retriable: true },
            "not-ready",
        ],
        [
            "segments that are behind the last change of the schema",
            {
                error_code: 1,
                code: 1100,
                reason: "schema version consistency check failed: 1/2 segments have caught up",
            },
            "not-ready",
        ],
        [
            "two changes of milvus-lite at the same moment",
            {
                error_code: 0,
                code: 65535,
                reason: "[Errno 2] No such file or directory: '/d/a.tmp' -> '/d/a'",
            },
            "not-ready",
        ],
        [
            "an unknown user",
            { error_code: "UnexpectedError", code: 65535, reason: "auth check failure" },
            "unauthenticated",
        ],
    ] as const;
    for (const [what, answer, kind] of refused)
        it(`is a failure for ${what}`, () => {
            expect(() => checkStatus("Call docs", answer))
                .to.throw(MilvusError, /^Call docs: .* \[MV2\d\d\]$/)
                .with.property("kind", kind);
        });
});

describe("a failure of the transport", () => {
    const errorOf = (code: status, details: string, hadAnswers = false) =>
        fromGrpc("Query docs", "milvus:19530", { code, details }, 30, hadAnswers, () => "no privilege");

    it("names the address that does not answer, without gRPC's prefix", () => {
        const details =
            "No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ";
        expect(errorOf(status.UNAVAILABLE, details).message).to.equal(
            "milvus:19530: no Milvus answers there (connect ECONNREFUSED 127.0.0.1:1). Start the server, or set milvus:address to host:port [MV201]",
        );
    });

    it("distinguishes a lost connection from one that was never made", () => {
        expect(errorOf(status.UNAVAILABLE, "Connection dropped", true).kind).to.equal("lost");
        expect(errorOf(status.UNAVAILABLE, "Connection dropped").kind).to.equal("unreachable");
    });

    it("reports a TLS error by OpenSSL's reason", () => {
        const details =
            "Error: 801C:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:350:\n";
        const error = errorOf(status.UNAVAILABLE, details);
        expect(error.kind).to.equal("tls");
        expect(error.message).to.include("wrong version number)").and.not.include("ssl3_get_record");
    });

    const kinds = [
        [status.DEADLINE_EXCEEDED, "", "timeout"],
        [status.UNAUTHENTICATED, "", "unauthenticated"],
        [status.PERMISSION_DENIED, "", "forbidden"],
        [status.UNIMPLEMENTED, "", "unsupported"],
        [status.RESOURCE_EXHAUSTED, "Received message larger than max", "too-large"],
        [status.RESOURCE_EXHAUSTED, "quota", "rate-limited"],
        [status.CANCELLED, "", "lost"],
        [status.INTERNAL, "boom", "rejected"],
    ] as const;
    for (const [code, details, kind] of kinds)
        it(`is ${kind} for ${status[code]}${details && ` (${details})`}`, () =>
            expect(errorOf(code, details).kind).to.equal(kind));

    it("identifies the failures after which the call may have been executed", () => {
        const open = Object.keys(codeOfKind).filter((kind) =>
            isConnectionTrouble(new MilvusError(kind as keyof typeof codeOfKind, "x")),
        );
        expect(open).to.have.members(["unreachable", "timeout", "stalled", "lost", "tls", "certificate"]);
        expect(isMilvusError(new Error("x"))).to.equal(false);
    });
});
