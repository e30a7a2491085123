import { isDeepStrictEqual } from "node:util";

import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { RunError } from "../migration/errors";
import type { Checked, Diffed, Life } from "../resource/life";
import type { Props } from "../resource/session/props";
import { diffResponse, failuresOf, fromStruct, toStruct } from "./answers";
import { failed } from "./partialFailure";
import { markedProps, plainProps, withSecrets, type WireProps } from "./wireValues";

/** A call about one resource. */
export interface ResourceCall {
    life: Life;
    /** Hidden inputs that the URN tells: the native SDKs send none. */
    hidden: Props;
    /** What `check` adds to the inputs of a resource that the program does not name. */
    named: (request: proto.CheckRequest, news: Props, olds: Props | undefined) => Checked;
}

/** The logical name is in the URN; the owner stays in the state, for the resource may be renamed. */
const onlyInUrn = "__logicalName";

/** The input of a dynamic resource that holds its provider as text. */
const dynamicProvider = "__provider";

const isEmpty = (props: object): boolean => Object.keys(props).length === 0;

export async function check(request: proto.CheckRequest, { life, hidden, named }: ResourceCall) {
    const [sentOlds, sent] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
    const olds = isEmpty(sentOlds) ? undefined : plainProps(sentOlds);
    const news = plainProps(sent);
    const added = named(request, news, olds);
    const { inputs, failures } = await life.check(olds && { ...hidden, ...olds }, {
        ...news,
        ...added.inputs,
        ...hidden,
    });
    const answer = new proto.CheckResponse();
    answer.setInputs(toStruct(withSecrets(markedProps(withoutHidden(inputs, hidden), sent), life.secrets)));
    answer.setFailuresList(failuresOf([...added.failures, ...failures]));
    return answer;
}

export async function diff(request: proto.DiffRequest, { life, hidden }: ResourceCall) {
    const olds = withInputSecrets(fromStruct(request.getOlds()), fromStruct(request.getOldInputs()), life);
    const news = plainProps(fromStruct(request.getNews()));
    const diffed = await life.diff(deployed(olds, hidden), { ...news, ...hidden });
    requireMovedAlone(diffed, request, hidden);
    return diffResponse(diffed);
}

/**
 * A resource of the dynamic provider moves to this one in an `up` of its own: the engine would delete what a replacement leaves
 * behind with the provider of before, which the program does not have any more. Errors: `MV393`.
 */
function requireMovedAlone(
    { changes, replaces, detailed }: Diffed,
    request: proto.DiffRequest,
    hidden: Props,
) {
    // The outputs of before stay in the state until something changes; the inputs are those of the last deployment.
    const isMoving = dynamicProvider in fromStruct(request.getOldInputs());
    const paths = [...new Set([...Object.keys(detailed), ...replaces])];
    if (!isMoving || !changes || paths.length === 0) return;
    throw new RunError(
        "MV393",
        `${String(hidden[onlyInUrn])}: was deployed by the dynamic provider, moves to the native one, and changes at the same time (${paths.join(", ")}). ` +
            "No changes made. Deploy the program as it was, with only its import changed; then change the resource in another `pulumi up`",
    );
}

export async function create(request: proto.CreateRequest, { life, hidden }: ResourceCall) {
    const sent = fromStruct(request.getProperties());
    const news = { ...plainProps(sent), ...hidden };
    const answer = new proto.CreateResponse();
    const { id, outs } = request.getPreview()
        ? { id: "", outs: life.preview(news) }
        : await life
              .create(news)
              .catch((error: unknown) => failed(error, (props) => stored(props, sent, life)));
    answer.setId(id);
    answer.setProperties(stored({ ...news, ...outs }, sent, life));
    return answer;
}

export async function update(request: proto.UpdateRequest, { life, hidden }: ResourceCall) {
    const olds = withInputSecrets(fromStruct(request.getOlds()), fromStruct(request.getOldInputs()), life);
    const sent = fromStruct(request.getNews());
    const news = { ...plainProps(sent), ...hidden };
    // An update in place leaves the other outputs as they are, which a preview may show.
    const outs = request.getPreview()
        ? { ...olds, ...news, ...life.previewUpdate(deployed(olds, hidden), news) }
        : await life
              .update(deployed(olds, hidden), news)
              .catch((error: unknown) =>
                  failed(error, (props) => stored(props, sent, life), request.getId()),
              );
    const answer = new proto.UpdateResponse();
    answer.setProperties(stored(outs, sent, life));
    return answer;
}

/** Refresh, `.get()` and `pulumi import`: the latter two send no properties. */
export async function read(request: proto.ReadRequest, { life, hidden }: ResourceCall) {
    const [sent, sentInputs] = [fromStruct(request.getProperties()), fromStruct(request.getInputs())];
    const answer = new proto.ReadResponse();
    if (isEmpty(sent)) {
        const found = await life.import(request.getId(), hidden);
        if (!found) return answer;
        answer.setId(found.id);
        answer.setInputs(stored(found.inputs, {}, life));
        answer.setProperties(stored(found.outs, {}, life));
        return answer;
    }
    const known = deployed(withInputSecrets(sent, sentInputs, life), hidden);
    const now = await life.read(request.getId(), known);
    if (!now) return answer;
    answer.setId(now.id);
    answer.setProperties(stored(now.props, sent, life));
    answer.setInputs(toStruct(inputsNow(now.props, known, sentInputs, life)));
    return answer;
}

export async function remove(request: proto.DeleteRequest, { life, hidden }: ResourceCall) {
    await life.delete(deployed(plainProps(fromStruct(request.getProperties())), hidden));
    return new Empty();
}

/** The state of a dynamic resource of before has its own hidden inputs; that of an imported one has them from its import. */
function deployed(olds: Props, hidden: Props): Props {
    return { ...hidden, ...olds, [onlyInUrn]: hidden[onlyInUrn] };
}

/**
 * The outputs of the last deployment. An import cannot read secrets: those that the program has declared since stand among the
 * inputs alone.
 */
function withInputSecrets(outputs: WireProps, inputs: WireProps, { secrets = new Set() }: Life): Props {
    const declared = [...secrets].filter((key) => inputs[key] !== undefined);
    return plainProps({ ...Object.fromEntries(declared.map((key) => [key, inputs[key]])), ...outputs });
}

const stored = (props: Props, sent: WireProps, { secrets }: Life) => {
    const { [onlyInUrn]: _name, ...kept } = props;
    return toStruct(withSecrets(markedProps(kept, sent), secrets));
};

function withoutHidden(inputs: Props, hidden: Props): Props {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => !(key in hidden)));
}

/** The inputs of a refresh: what the program gives, as it is now, and what somebody has changed on the server. */
function inputsNow(now: Props, known: Props, sent: WireProps, { computed, secrets }: Life): WireProps {
    const isArgument = (key: string) => !computed.has(key) && !key.startsWith("__");
    const changed = Object.keys(now).filter(
        (key) => key in sent || (isArgument(key) && !isDeepStrictEqual(now[key], known[key])),
    );
    const inputs: Props = Object.fromEntries(changed.map((key) => [key, now[key]]));
    return withSecrets(markedProps(inputs, sent), secrets);
}
