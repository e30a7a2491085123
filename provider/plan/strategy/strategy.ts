import type { Collection } from "../../inputs/schema/collection";
import type { Finding } from "../finding/finding";
import type { Update } from "./update";

/** How a change gets onto the server, from the cheapest to the dearest. */
export type Strategy =
    | { via: "state-only"; findings?: Finding[] }
    /** In place. `released`: the server takes it from a released collection only. */
    | { via: "update"; updates: Update[]; released?: boolean; findings?: Finding[] }
    /** A new collection takes the rows over; `argument` is what forces it, as Pulumi names it, and `reason` why. */
    | { via: "migrate"; argument: keyof Collection; reason: string };

export function migrate(argument: keyof Collection, reason: string): Strategy {
    return { via: "migrate", argument, reason };
}

export function inPlace(...updates: Update[]): Strategy {
    return { via: "update", updates };
}

export function whileReleased(...updates: Update[]): Strategy {
    return { via: "update", updates, released: true };
}
