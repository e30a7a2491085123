import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import { checkConfig } from "../../provider/native/checkConfig";
import { secretValue, type WireProps } from "../../provider/native/wireValues";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urnOf = (name: string, project = "shop") =>
    `urn:pulumi:prod::${project}::pulumi:providers:milvus::${name}`;

function check(urn: string, news: WireProps, environment: Record<string, string> = {}) {
    const request = new proto.CheckRequest().setUrn(urn).setNews(toStruct(news));
    return checkConfig(request, (name) => environment[name])
        .getFailuresList()
        .map((failure) => failure.toObject());
}

const page = "\n  see: https://pulumi-milvus.github.io/pulumi-milvus/findings#mv316";

describe("the settings of a provider", () => {
    it("are right as text, and typed", () => {
        for (const news of [
            { address: "localhost:19530", timeout: "20", ssl: "false", version: "0.1.0" },
            { address: "localhost:19530", timeout: 20, ssl: false, token: secretValue("root:Milvus") },
            {},
        ])
            expect(check(urnOf("own"), news)).to.deep.equal([]);
    });

    it("are named one by one where they are wrong", () => {
        const failures = check(urnOf("own"), {
            timeout: "soon",
            token: "a",
            username: "b",
            destructive: "never",
            adress: "localhost",
        });
        expect(failures.map(({ property }) => property)).to.have.members([
            "adress",
            "destructive",
            "timeout",
            "token",
        ]);
        expect(failures.find(({ property }) => property === "adress")!.reason).to.equal(
            `pulumi-milvus has no such setting. Did you mean address? [MV316]${page}`,
        );
        for (const { reason } of failures) expect(reason).to.match(/\[MV316\]$/m);
        // The page of a code stands once in what a check says.
        expect(failures.filter(({ reason }) => reason.endsWith(page))).to.have.length(1);
    });

    it("go by the names of the stack's configuration where they come from it", () => {
        const [failure] = check(urnOf("default_0_1_0"), { adress: "localhost" });
        expect(failure!.reason).to.equal(
            `milvus:adress: pulumi-milvus has no such setting. Did you mean milvus:address? [MV316]${page}`,
        );
        // A project named milvus has settings of its own in this namespace.
        expect(check(urnOf("default", "milvus"), { color: "blue" })).to.deep.equal([]);
    });

    it("are checked with the environment, which says what they do not say", () => {
        expect(check(urnOf("default"), {}, { MILVUS_TIMEOUT: "soon" })[0]).to.include({
            property: "timeout",
        });
    });

    it("are checked at `up` where a preview does not know them, but for their names", () => {
        const failures = check(urnOf("own"), { address: unknown, timeout: "soon", tokn: "x" });
        expect(failures.map(({ property }) => property)).to.deep.equal(["tokn"]);
    });
});
