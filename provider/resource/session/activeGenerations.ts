import type { Props } from "./props";
import { keyOf } from "./pendingReplacements";
import type { PropsLedger } from "./propsLedger";

/** Outputs of the collection that this run knows to be active for a resource: by a diff, or because it was made here. */
export class ActiveGenerations {
    constructor(private readonly props: PropsLedger) {}

    set(owner: string, props: Props): void {
        this.props.set(`active:${keyOf(owner)}`, props);
    }

    of(owner: string): Props | undefined {
        return this.props.get(`active:${keyOf(owner)}`);
    }
}
