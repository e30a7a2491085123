import type { Ledger } from "./ledger";
import { parseOwner } from "./owner";
import type { PropsLedger } from "./propsLedger";
import type { Props } from "./props";

/**
 * What `diff` learned and `create` needs: in a replacement, `create` is told the new inputs alone. Kept by resource until
 * the new collection is active: without the project and the stack, whose former names a renamed state still has.
 */
export class PendingReplacements {
    constructor(
        private readonly ledger: Ledger,
        private readonly props: PropsLedger,
    ) {}

    /** A diff was asked about the resource: the engine may replace it. */
    add(owner: string, predecessor: Props): void {
        this.props.set(`replaced:${keyOf(owner)}`, predecessor);
    }

    /** No replacement is due any more. */
    cancel(owner: string): void {
        this.ledger.delete(`replaced:${keyOf(owner)}`);
        this.ledger.delete(`awaited:${keyOf(owner)}`);
    }

    of(owner: string): Props | undefined {
        return this.props.get(`replaced:${keyOf(owner)}`);
    }

    /** Whether a diff was asked about a generation; its owner may have had another name then. */
    isBeingReplaced(generation: string): boolean {
        return this.ownersOf(generation).length > 0;
    }

    /** It went first, and had no rows: the creation starts from nothing. */
    predecessorDropped(generation: string): void {
        for (const owner of this.ownersOf(generation)) this.cancel(owner);
    }

    /** Told of each check without old inputs: a creation follows, or a deletion first where the engine is told so. */
    awaitCreation(owner: string): void {
        this.ledger.set(`awaited:${keyOf(owner)}`, owner);
    }

    isCreationAwaited(owner: string): boolean {
        return this.ledger.get(`awaited:${keyOf(owner)}`) !== undefined;
    }

    private ownersOf(generation: string): string[] {
        return this.props
            .list("replaced:")
            .filter((props) => props.generation === generation)
            .map((props) => props.__owner as string);
    }
}

export const keyOf = (owner: string): string => parseOwner(owner).resource;
