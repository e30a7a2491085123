import { Client, credentials, Metadata } from "@grpc/grpc-js";
import json from "@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus";
import { Root, type Namespace } from "protobufjs";

const proto = Root.fromJSON(json as Parameters<typeof Root.fromJSON>[0]);

export interface Status {
    error_code?: string;
    code?: number;
    reason?: string;
}

/** Calls the server by the bytes, past the SDK, which hides failures. */
export class Probe {
    private readonly client: Client;

    constructor(
        address: string,
        private readonly timeoutMs = 2_000,
        private readonly token?: string,
    ) {
        this.client = new Client(address, credentials.createInsecure());
    }

    /** A message within a message, as the schema in CreateCollection. */
    encode(type: string, message: object): Buffer {
        const found = proto.lookupType(type);
        return Buffer.from(found.encode(found.fromObject(message)).finish());
    }

    call<Answer>(method: string, request: object = {}): Promise<Answer> {
        const { requestType, responseType } = proto.lookupService("milvus.proto.milvus.MilvusService")
            .methods[method]!;
        const service = proto.lookup("milvus.proto.milvus") as Namespace;
        const [input, output] = [service.lookupType(requestType), service.lookupType(responseType)];
        const metadata = new Metadata();
        if (this.token) metadata.set("authorization", Buffer.from(this.token).toString("base64"));
        return new Promise((resolve, reject) => {
            this.client.makeUnaryRequest(
                `/milvus.proto.milvus.MilvusService/${method}`,
                (value: Buffer) => value,
                (bytes: Buffer) => output.toObject(output.decode(bytes), { enums: String }) as Answer,
                Buffer.from(input.encode(input.fromObject(request)).finish()),
                metadata,
                { deadline: Date.now() + this.timeoutMs },
                (error, answer) => (error ? reject(error) : resolve(answer!)),
            );
        });
    }

    /** Whether it serves: a list of collections, and a clean bill of health from a server that gives any. */
    async isReady(): Promise<boolean> {
        try {
            const { status } = await this.call<{ status?: Status }>("ShowCollections");
            if (status?.code || (status?.error_code && status.error_code !== "Success")) return false;
            const health = await this.call<{ isHealthy?: boolean }>("CheckHealth").catch(() => undefined);
            return health?.isHealthy !== false;
        } catch {
            return false;
        }
    }

    close(): void {
        this.client.close();
    }
}
