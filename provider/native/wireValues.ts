import { isDeepStrictEqual } from "node:util";

import { unknownValue } from "../inputs/argumentScan";
import type { Props } from "../resource/session/props";

/** Properties as the engine sends them: secrets are wrapped, and values that are not known yet are marks. */
export type WireProps = Record<string, unknown>;

/**
 * How the engine marks an object as a wrapped secret. Source: pulumi/pulumi, sdk/go/common/resource/sig/sig.go. Pulumi's
 * SDK has these constants too, in a module that would load all of the SDK into the plugin.
 */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * One mark for each kind of value that is not known yet: boolean, number, string, list, asset, archive, object. Source:
 * pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go.
 */
const unknownMarks: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    unknownValue,
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * What the core works with: secrets in the clear, one mark for everything unknown, and no null: some languages send null
 * for a property that the program leaves out.
 */
export function plainProps(wire: WireProps): Props {
    return plainValue(wire) as Props;
}

function plainValue(wire: unknown): unknown {
    if (unknownMarks.has(wire)) return unknownValue;
    if (Array.isArray(wire)) return wire.map(plainValue);
    if (!isObject(wire)) return wire;
    if (isSecret(wire)) return plainValue(wire["value"]);
    return Object.fromEntries(
        Object.entries(wire).flatMap(([key, value]) =>
            value === null || value === undefined ? [] : [[key, plainValue(value)]],
        ),
    );
}

/** Marks a value as a secret. */
export function secretValue(value: unknown): unknown {
    return isSecret(value) ? value : { [signature]: secretSignature, value };
}

/**
 * Properties of the core as the engine gets them. Whatever equals what the engine sent keeps its marks. A changed value
 * stays a secret where the one that the engine sent was one, or had one inside that cannot be told apart any more.
 */
export function markedProps(now: Props, sent: WireProps): WireProps {
    return Object.fromEntries(
        Object.entries(now).flatMap(([key, value]) =>
            value === undefined ? [] : [[key, markedValue(value, sent[key])]],
        ),
    );
}

function markedValue(now: unknown, sent: unknown): unknown {
    if (isDeepStrictEqual(now, plainValue(sent))) return sent;
    if (isSecret(sent)) return secretValue(now);
    if (isObject(now) && isObject(sent)) return markedProps(now, sent);
    if (Array.isArray(now) && Array.isArray(sent) && now.length === sent.length)
        return now.map((value, at) => markedValue(value, sent[at]));
    return hasSecret(sent) ? secretValue(now) : now;
}

function hasSecret(wire: unknown): boolean {
    if (isSecret(wire)) return true;
    if (Array.isArray(wire)) return wire.some(hasSecret);
    return isObject(wire) && Object.values(wire).some(hasSecret);
}

/**
 * The credentials of a `connection` argument, and the arguments of the resource that are secrets, are secrets in every
 * language, whether the program marks them or not.
 */
export function withSecrets(wire: WireProps, secrets: ReadonlySet<string> = new Set()): WireProps {
    const { connection } = wire;
    const isPlain = isObject(connection) && !isSecret(connection);
    const marked = [...secrets].filter((key) => wire[key] !== undefined && wire[key] !== null);
    if (!isPlain && marked.length === 0) return wire;
    return {
        ...wire,
        ...Object.fromEntries(marked.map((key) => [key, secretValue(wire[key])])),
        ...(isPlain && { connection: withSecretCredentials(connection) }),
    };
}

/** The settings of a connection with its credentials marked as secrets. */
export function withSecretCredentials(settings: WireProps): WireProps {
    const credentials = ["token", "password"].flatMap((key) => {
        const value = settings[key];
        return value === undefined || value === null ? [] : [[key, secretValue(value)] as const];
    });
    return { ...settings, ...Object.fromEntries(credentials) };
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: unknown): value is { value: unknown } {
    return isObject(value) && value[signature] === secretSignature;
}
