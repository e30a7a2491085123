import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { withPages } from "../inputs/report/page";
import { withCode } from "../resource/context/withCode";
import type { Props } from "../resource/session/props";

/** A resource that exists, though the call failed. Pulumi records it as it is, and the next `pulumi up` updates it. */
class PartialFailure extends Error {
    constructor(
        readonly id: string,
        readonly properties: Struct,
        readonly reasons: readonly string[],
        cause: unknown,
    ) {
        super(withCode(cause).message, { cause });
    }
}

/**
 * Throws the error of a call. The core puts what is on the server on an error that leaves a resource half done.
 *
 * @param known the id of a resource that existed before
 */
export function failed(error: unknown, stored: (props: Props) => Struct, known?: string): never {
    const {
        id = known,
        properties,
        reasons,
    } = error as {
        id?: string;
        properties?: Props;
        reasons?: string[];
    };
    if (id === undefined || properties === undefined) throw error;
    throw new PartialFailure(id, stored(properties), reasons ?? [], error);
}

/** The status of a failed call. The details are a field of their own, which the engine reads. */
export function statusOf(error: unknown): Partial<grpc.StatusObject> {
    const details = withPages(withCode(error instanceof PartialFailure ? error.cause : error).message);
    const status = { code: grpc.status.UNKNOWN, details };
    if (!(error instanceof PartialFailure)) return status;
    const failure = new ErrorResourceInitFailed()
        .setId(error.id)
        .setProperties(error.properties)
        .setReasonsList(error.reasons.map((reason) => withPages(reason)));
    const any = new Any();
    any.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const message = new Status().setCode(status.code).setMessage(details);
    message.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
    return { ...status, metadata };
}
