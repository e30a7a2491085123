import { expect } from "chai";

import type { Collection } from "../../../provider/inputs/schema/collection";
import type { ObservedIndex } from "../../../provider/observe/state";
import {
    DYNAMIC_FIELD,
    hostOf,
    isDefaultIndex,
    matchIndex,
    staysReleased,
    storedParam,
    TEMPORARY_INDEX,
} from "../../../provider/plan/diff/matchIndex";
import { collection, field, hnsw, id, text, vector } from "../arbitrary";

/** An index on the server, from `field/name`, or `field` where the server names it after the field. */
const index = (text: string, params: Record<string, string> = {}): ObservedIndex => {
    const [on, name = on] = text.split("/") as [string, string?];
    return { field: on, name, indexType: "AUTOINDEX", metricType: undefined, params };
};
const matched = (declared: string, ...there: ObservedIndex[]) => {
    const found = matchIndex(index(declared), there);
    return found && `${found.field}/${found.name}`;
};

describe("the index on the server that a declared one describes", () => {
    it("is the one of its name among those of its field", () => {
        expect(matched("a/x", index("a/y"), index("a/x"))).to.equal("a/x");
        expect(matched("a/x", index("a/x"), index("a/y"))).to.equal("a/x");
    });

    it("is no index of another field, even with its name", () => {
        expect(matched("a/x", index("b/x"))).to.equal(undefined);
        expect(matched("a/x", index("b/x"), index("a/y"))).to.equal("a/y");
    });

    it("is the only one of its field, under any name", () => {
        expect(matched("a/x", index("b"), index("a"))).to.equal("a/a");
        expect(matched("a/x", index("a/y"), index("a/z"))).to.equal(undefined);
        expect(matched("a/x")).to.equal(undefined);
    });

    it("is an index of the dynamic field only by its name", () => {
        expect(matched("lang/x", index(`${DYNAMIC_FIELD}/x`))).to.equal("$meta/x");
        expect(matched("lang/x", index(`${DYNAMIC_FIELD}/y`))).to.equal(undefined);
    });

    it("is an index on a JSON path only by its name: a field has one for each path", () => {
        const onPath = { json_path: "/author" };
        expect(matched("data/x", index("data/x", onPath))).to.equal("data/x");
        expect(matched("data/x", index("data/y", onPath))).to.equal(undefined);
    });

    it("is never the temporary index of a copy", () => {
        expect(matched("a/x", index(`a/${TEMPORARY_INDEX}`))).to.equal(undefined);
        expect(matched("a/x", index(`a/${TEMPORARY_INDEX}`), index("a/y"))).to.equal("a/y");
        expect(matched(`a/${TEMPORARY_INDEX}`, index(`a/${TEMPORARY_INDEX}`))).to.equal(undefined);
    });
});

describe("the default index of a loaded vector", () => {
    const isDefault = (given: Partial<typeof hnsw>) =>
        isDefaultIndex({ ...hnsw, indexType: "AUTOINDEX", params: {}, ...given });

    it("is AUTOINDEX with the default name and no parameters", () => {
        expect(isDefault({})).to.equal(true);
        expect(isDefault({ field: "chunks[vector]", name: "chunks_vector" })).to.equal(true);
        expect(isDefault({ indexType: "HNSW" })).to.equal(false);
        expect(isDefault({ name: "by_vector" })).to.equal(false);
        expect(isDefault({ params: { M: 16 } })).to.equal(false);
    });
});

describe("an index that the program no longer declares", () => {
    const load = { replicas: 1, resourceGroups: [] };
    const fields = [vector, text];
    const stays = (given: Partial<typeof hnsw>, before: Collection["load"], after: Collection["load"]) =>
        staysReleased(
            { ...hnsw, indexType: "AUTOINDEX", params: {}, ...given },
            collection({ fields, load: before }),
            collection({ fields, load: after }),
        );

    it("stays only if it came with a load that is gone, too", () => {
        expect(stays({ field: "vector", name: "vector" }, load, undefined)).to.equal(true);
        expect(stays({ field: "vector", name: "vector" }, undefined, undefined)).to.equal(false);
        expect(stays({ field: "vector", name: "vector" }, load, load)).to.equal(false);
        expect(stays({ field: "text", name: "text" }, load, undefined)).to.equal(false);
        expect(stays({ field: "vector", name: "vector", params: { M: 16 } }, load, undefined)).to.equal(
            false,
        );
    });
});

describe("the host of an indexed field", () => {
    it("is the collection's field that the path begins with", () => {
        expect(hostOf("vector")).to.equal("vector");
        expect(hostOf("chunks[vector]")).to.equal("chunks");
    });
});

describe("an index parameter as Milvus stores it", () => {
    const data = field({ name: "data", dataType: "JSON" });
    const fields = [id, vector, data, field({ name: "other", dataType: "JSON" })];
    const stored = (key: string, value: string) => storedParam(key, value, collection({ fields }));

    it("has its casts in capitals", () => {
        expect(stored("json_cast_type", "double")).to.equal("DOUBLE");
        expect(stored("json_cast_function", "string_to_double")).to.equal("STRING_TO_DOUBLE");
    });

    it("is as given under every other key", () => {
        expect(stored("metric", "l2")).to.equal("l2");
        expect(stored("M", 'data["a"]')).to.equal('data["a"]');
    });

    it("has a JSON path without its field", () => {
        expect(stored("json_path", 'data["author"]["name"]')).to.equal("/author/name");
        expect(stored("json_path", "data['author']['name']")).to.equal("/author/name");
        expect(stored("json_path", "data.author.name")).to.equal("/author/name");
        expect(stored("json_path", "/author/name")).to.equal("/author/name");
        expect(stored("json_path", "data")).to.equal("/");
    });

    it("keeps the first key of a path in the dynamic field", () => {
        expect(stored("json_path", '$meta["lang"]["code"]')).to.equal("/lang/code");
        expect(stored("json_path", 'lang["code"]')).to.equal("/lang/code");
        expect(stored("json_path", "lang")).to.equal("/lang");
    });
});
