import type { Ledger } from "./ledger";

interface Record {
    /** Arguments that were unknown in the preview. */
    open: string[];
    /** The run that first planned with all of them known. */
    plannedIn?: string;
}

/**
 * Arguments that a preview could not show, because they were known only at `pulumi up`. The `up` is another run than its
 * preview, so that this ledger is not one of a run; a preview on another machine is not known here.
 */
export class Previews {
    constructor(
        private readonly ledger: Ledger,
        private readonly run: string,
    ) {}

    /** A diff was asked about a generation: which of its arguments are unknown? */
    planned(generation: string, open: readonly string[]): void {
        const record = this.of(generation);
        if (open.length > 0) this.set(generation, { open: [...open] });
        else if (record && record.plannedIn === undefined)
            this.set(generation, { ...record, plannedIn: this.run });
    }

    /** Arguments that the run plans for the first time. One that failed for them has shown them. */
    notShown(generation: string): readonly string[] {
        const record = this.of(generation);
        return record && (record.plannedIn ?? this.run) === this.run ? record.open : [];
    }

    private of(generation: string): Record | undefined {
        const text = this.ledger.get(`preview:${generation}`);
        return text === undefined ? undefined : (JSON.parse(text) as Record);
    }

    private set(generation: string, record: Record): void {
        this.ledger.set(`preview:${generation}`, JSON.stringify(record));
    }
}
