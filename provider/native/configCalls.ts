import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { isDeepStrictEqual } from "node:util";

import { fromStruct } from "./answers";
import { plainProps } from "./wireValues";

export function handshake(): proto.ProviderHandshakeResponse {
    const answer = new proto.ProviderHandshakeResponse();
    answer.setAcceptSecrets(true);
    answer.setAcceptResources(false);
    answer.setAcceptOutputs(false);
    answer.setSupportsAutonamingConfiguration(true);
    return answer;
}

export function pluginInfo(version: string): PluginInfo {
    const answer = new PluginInfo();
    answer.setVersion(version);
    return answer;
}

export function schema(text: string): proto.GetSchemaResponse {
    const answer = new proto.GetSchemaResponse();
    answer.setSchema(text);
    return answer;
}

/**
 * What has changed in the arguments of a provider. Never a replacement: that would replace every resource of the provider,
 * and leave their rows behind. Each resource compares where it was deployed with where the provider points now.
 */
export function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
    const [olds, news] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map((props) =>
        plainProps(fromStruct(props)),
    );
    const names = [...new Set([...Object.keys(olds!), ...Object.keys(news!)])];
    const changed = names.filter((name) => !isDeepStrictEqual(olds![name], news![name]));
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    const answer = new proto.DiffResponse();
    answer.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
    answer.setDiffsList(changed);
    return answer;
}

export function configured(): proto.ConfigureResponse {
    const answer = new proto.ConfigureResponse();
    answer.setAcceptsecrets(true);
    answer.setSupportspreview(true);
    answer.setAcceptresources(false);
    answer.setAcceptoutputs(false);
    answer.setSupportsAutonamingConfiguration(true);
    return answer;
}
