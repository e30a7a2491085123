import { type Parsed, parsePartition, parseResourceGroup, parseUser } from "../../../provider/inputs/parse";
import type { Args } from "../program";
import type { Malformed } from "./case";

/** Malformed arguments of objects without rows, with what parses them. */
export const objects: readonly { parse: (args: Args) => Parsed<unknown>; cases: Malformed[] }[] = [
    {
        parse: parsePartition,
        cases: [
            {
                it: "refuses the partition that every collection has",
                args: { name: "_default", collection: "docs" },
                expected: [["name", "MV008", "Leave the resource out"]],
            },
            {
                it: "requires the collection of a partition",
                args: { name: "en" },
                expected: [["collection", "MV003", "missing"]],
            },
        ],
    },
    {
        parse: parseUser,
        cases: [
            {
                it: "refuses a password that Milvus refuses",
                args: { name: "alice", password: "short" },
                expected: [["password", "MV097", "this one has 5"]],
            },
        ],
    },
    {
        parse: parseResourceGroup,
        cases: [
            {
                it: "refuses a resource group that may have fewer nodes than it asks for",
                args: { name: "heavy", requests: 2, limits: 1 },
                expected: [["limits", "MV098", "Set limits to requests or more"]],
            },
        ],
    },
];
