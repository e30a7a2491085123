import type { lives } from "../../../provider/lives";
import type { Props } from "../../../provider/resource/session/props";

/** What a run has deployed, for the next one. */
export type State = Record<string, Props>;
export type Lives = (type: string) => ReturnType<NonNullable<(typeof lives)[string]>>;

/** A part of a run: calls of the engine, with nothing but the privileges of an activity of docs/security.md. */
export interface Step {
    activity: string;
    what: string;
    run: (life: Lives, state: State) => Promise<void>;
}

export const hidden = (name: string): Props => ({ __owner: `shop/prod/${name}`, __logicalName: name });

export const collectionOf = (outs: Props | undefined): string => outs!.collectionName as string;
