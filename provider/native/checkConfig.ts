import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { unknownValue } from "../inputs/argumentScan";
import { settingFailures } from "../resource/preflight/configuration";
import { failuresOf, fromStruct, toStruct } from "./answers";
import { Configuration } from "./configuration";
import { readUrn } from "./urn";
import { plainProps, withSecretCredentials } from "./wireValues";

/**
 * Checks the settings of a provider: the stack's configuration, or the arguments of an explicit provider. The credentials of
 * the latter are secrets, whether the program marks them or not.
 */
export function checkConfig(
    request: proto.CheckRequest,
    environment: (name: string) => string | undefined = (name) => process.env[name],
): proto.CheckResponse {
    const news = fromStruct(request.getNews());
    const configuration = Configuration.of(news, request.getUrn());
    // What is known only at `pulumi up` is checked then.
    const known = JSON.stringify(plainProps(news)).includes(unknownValue) ? undefined : environment;
    const failures = settingFailures(configuration.names(), (key) => configuration.get(key), known, {
        project: readUrn(request.getUrn()).owner.split("/")[0]!,
        isStack: configuration.provider === undefined,
    });
    const answer = new proto.CheckResponse();
    answer.setInputs(toStruct(withSecretCredentials(news)));
    answer.setFailuresList(failuresOf(failures));
    return answer;
}
