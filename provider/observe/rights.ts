import { randomBytes } from "node:crypto";

import type { MilvusClient } from "../milvus/transport/client";
import { isMilvusError } from "../milvus/transport/errors";
import { encodeMessage, type Message } from "../milvus/transport/protocol";

/** Requests that only name what no server has: Milvus looks at the privilege first, and then finds nothing to change. */
const probesFor = (none: string) => {
    const collection = { collection_name: none };
    const partition = { ...collection, partition_name: none };
    return {
        DescribeCollection: ["DescribeCollection", collection],
        IndexDetail: ["DescribeIndex", collection],
        GetLoadState: ["GetLoadState", collection],
        ShowPartitions: ["ShowPartitions", collection],
        Query: ["Query", { ...collection, expr: `${none} == 1`, output_fields: ["count(*)"] }],
        GetStatistics: ["GetCollectionStatistics", collection],
        DescribeAlias: ["DescribeAlias", { alias: none }],
        ListAliases: ["ListAliases", collection],
        ListSnapshots: ["ListSnapshots", collection],
        CreateCollection: [
            "AlterCollection",
            { ...collection, properties: [{ key: "pulumi.probe", value: "1" }] },
        ],
        CreateIndex: ["CreateIndex", { ...collection, field_name: none }],
        DropIndex: ["DropIndex", { ...collection, field_name: none, index_name: none }],
        Load: ["LoadCollection", collection],
        Release: ["ReleaseCollection", collection],
        CreatePartition: ["CreatePartition", partition],
        DropPartition: ["DropPartition", partition],
        AddCollectionField: [
            "AddCollectionField",
            {
                ...collection,
                schema: encodeMessage("milvus.proto.schema.FieldSchema", { name: none, nullable: true }),
            },
        ],
        AlterCollectionSchema: [
            "AlterCollectionSchema",
            { ...collection, action: { drop_request: { field_name: none } } },
        ],
        Insert: ["Insert", partition],
        Upsert: ["Upsert", partition],
        Delete: ["Delete", { ...collection, expr: `${none} == 1` }],
        Flush: ["Flush", { collection_names: [none] }],
        GetFlushState: ["GetFlushState", collection],
        RenameCollection: ["RenameCollection", { oldName: none, newName: `${none}_2` }],
        DropCollection: ["DropCollection", collection],
        CreateAlias: ["CreateAlias", { ...collection, alias: none }],
        DropAlias: ["DropAlias", { alias: none }],
        SelectOwnership: ["SelectRole", { role: { name: none } }],
        ManageOwnership: ["OperateUserRole", { username: none, role_name: none }],
    } as const satisfies Record<string, readonly [method: string, request: Message]>;
};

export type Privilege = keyof ReturnType<typeof probesFor>;

const look = [
    ["DescribeCollection", "IndexDetail", "GetLoadState", "ShowPartitions", "Query", "GetStatistics"],
    ["DescribeAlias", "ListAliases"],
].flat() as Privilege[];
const survey: Privilege[] = [...look, "ListSnapshots", "SelectOwnership"];
const create: Privilege[] = [
    ...look,
    "CreateCollection",
    "CreateIndex",
    "Load",
    "CreatePartition",
    "Flush",
    "GetFlushState",
    "DropCollection",
];
const migrate: Privilege[] = [
    ...create,
    ...survey,
    "Insert",
    "CreateAlias",
    "Release",
    "DropIndex",
    "ManageOwnership",
];
const follow: Privilege[] = [...migrate, "Upsert", "Delete"];

/** What the provider does with collections, and the privileges for it: docs/security.md, "What each thing needs". */
export const activities = {
    look,
    survey,
    create,
    change: [
        ...create,
        ...survey,
        "DropIndex",
        "Release",
        "DropPartition",
        "AddCollectionField",
        "AlterCollectionSchema",
    ],
    migrate,
    rename: [...migrate, "RenameCollection"],
    follow,
    retain: [...follow, "Release"],
    drop: [...look, "DropCollection", "SelectOwnership", "ManageOwnership"],
    Alias: [...look, "CreateAlias", "DropAlias", "SelectOwnership", "ManageOwnership"],
} as const satisfies Record<string, readonly Privilege[]>;

/** Whether the user of a connection has a privilege; `unsupported` where the server lacks the call that asks for it. */
export type Right = "granted" | { refused: string } | "unsupported";

/** What the server lets this user do, asked without a change. Errors: those of the connection. */
export async function observeRights(client: MilvusClient): Promise<ReadonlyMap<Privilege, Right>> {
    const probes = probesFor(`pulumi_milvus_probe_${randomBytes(6).toString("hex")}`);
    const rights = new Map<Privilege, Right>();
    for (const privilege of Object.keys(probes) as Privilege[]) {
        const [method, request] = probes[privilege];
        rights.set(privilege, await ask(client, method, request));
    }
    return rights;
}

async function ask(client: MilvusClient, method: string, request: Message): Promise<Right> {
    try {
        await client.call(method, request);
        return "granted";
    } catch (error) {
        if (isMilvusError(error, "forbidden")) return { refused: error.message };
        if (isMilvusError(error, "unsupported")) return "unsupported";
        if (isMilvusError(error, "unreachable", "timeout", "lost", "tls", "certificate", "unauthenticated"))
            throw error;
        return "granted";
    }
}
