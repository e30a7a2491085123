import { isDeepStrictEqual } from "node:util";

import { signature } from "../stack";

/** Stands in a preview for what is not known yet. Source: pulumi/runtime/rpc. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Properties = Record<string, Value>;

export function isObject(value: Value | undefined): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: Value | undefined): value is Properties {
    return isObject(value) && value[signature.key] === signature.secret;
}

export function conceal(value: Value): Properties {
    return isSecret(value) ? value : { [signature.key]: signature.secret, value };
}

/** Changes every value inside out; `change` gives undefined for one that it leaves alone. */
function mapValue(value: Value, change: (value: Value) => Value | undefined): Value {
    const changed = change(value);
    if (changed !== undefined) return changed;
    if (Array.isArray(value)) return value.map((entry) => mapValue(entry, change));
    return isObject(value) ? mapProperties(value, change) : value;
}

export function mapProperties(
    properties: Properties,
    change: (value: Value) => Value | undefined,
): Properties {
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, mapValue(value, change)]),
    );
}

/** With the secrets in the clear: what a provider that accepts no secrets is given. */
export function reveal(properties: Properties): Properties {
    return mapProperties(properties, revealed);
}

function revealed(value: Value): Value | undefined {
    return isSecret(value) ? mapValue(value["value"]!, revealed) : undefined;
}

function containsSecret(value: Value): boolean {
    if (isSecret(value)) return true;
    if (Array.isArray(value)) return value.some(containsSecret);
    return isObject(value) && Object.values(value).some(containsSecret);
}

/**
 * What came back from a provider is secret where it was secret on the way in, object by object; an array with a secret
 * in it is secret whole. Source: `annotateSecrets` of the real engine.
 */
export function annotateSecrets(outs: Properties, ins: Properties): Properties {
    const annotated = { ...outs };
    for (const [key, into] of Object.entries(ins)) {
        const out = outs[key];
        if (out === undefined || isSecret(out)) continue;
        if (isObject(out) && isObject(into) && !isSecret(into)) annotated[key] = annotateSecrets(out, into);
        else if (containsSecret(into)) annotated[key] = conceal(out);
    }
    return annotated;
}

export function same(a: Properties, b: Properties): boolean {
    return isDeepStrictEqual(reveal(a), reveal(b));
}
