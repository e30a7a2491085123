import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { invoke } from "../resource/lookup";
import type { Context } from "../resource/context/context";
import { failuresOf, fromStruct, toStruct } from "./answers";
import { plainProps } from "./wireValues";

/**
 * A function of the package. Without a result the answer is empty, as the engine's own is where a provider is not
 * configured yet. A result holds no secret: no part of a connection is in it.
 */
export async function invoked(
    name: string,
    request: proto.InvokeRequest,
    context: Context,
): Promise<proto.InvokeResponse> {
    const { result = {}, failures } = await invoke(context, name, plainProps(fromStruct(request.getArgs())));
    const answer = new proto.InvokeResponse();
    answer.setReturn(toStruct(result));
    answer.setFailuresList(failuresOf(failures));
    return answer;
}
