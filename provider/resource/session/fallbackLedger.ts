import { type Ledger, MemoryLedger } from "./ledger";

/**
 * The ledger of a run that goes on in one process where the other ledger cannot be written to: a disk that is full, or no
 * temporary folder. `report` is told once.
 */
export class FallbackLedger implements Ledger {
    private readonly memory = new MemoryLedger();

    constructor(
        private readonly first: Ledger,
        private readonly report: (error: Error) => void,
    ) {}

    private failed = false;

    get(key: string): string | undefined {
        return this.memory.get(key) ?? this.first.get(key);
    }

    set(key: string, value: string): void {
        if (!this.failed)
            try {
                return this.first.set(key, value);
            } catch (error) {
                this.failed = true;
                this.report(error as Error);
            }
        this.memory.set(key, value);
    }

    delete(key: string): void {
        this.memory.delete(key);
        this.first.delete(key);
    }

    list(prefix: string): string[] {
        return [...this.memory.list(prefix), ...this.first.list(prefix)];
    }
}
