import type { Call } from "../call";

export function connect(_: object, { version }: Call): object {
    return { server_info: { build_tags: version.text }, identifier: "1" };
}

export function getVersion(_: object, { version }: Call): object {
    return { version: version.text };
}

export function allocTimestamp(_: object, { catalog }: Call): object {
    return { timestamp: String(catalog.now()) };
}
