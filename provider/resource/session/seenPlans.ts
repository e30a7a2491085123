import type { PlanForm } from "../../plan/approval/planForm";
import type { Ledger } from "./ledger";

/**
 * Plans that runs of this machine have made, by their hash: a stack that approves a hash alone learns from it what differs. In
 * a ledger that outlives the run, for the preview that was approved is another run.
 */
export class SeenPlans {
    constructor(private readonly ledger: Ledger) {}

    add(hash: string, plan: PlanForm): void {
        this.ledger.set(`plan:${hash}`, JSON.stringify(plan, withBigInts));
    }

    of(hash: string): PlanForm | undefined {
        const text = this.ledger.get(`plan:${hash}`);
        return text === undefined ? undefined : (JSON.parse(text) as PlanForm);
    }
}

const withBigInts = (_key: string, value: unknown): unknown =>
    typeof value === "bigint" ? String(value) : value;
