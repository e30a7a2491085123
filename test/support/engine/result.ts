import type { Op, Result } from "./stack";

let latest: Report | undefined;

/** The report of an operation that begins. */
export function beginReport(): Report {
    return (latest = new Report());
}

/** What the operation that began last has told so far: for a story that gives up on it. */
export function toldSoFar(): string {
    return latest?.result(true).output ?? "";
}

/** Gathers what an operation tells, in the order of its telling. */
export class Report {
    private readonly ops: Record<Op, number> = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
    private readonly messages: string[] = [];
    private readonly places: string[] = [];

    count(op: Op): void {
        this.ops[op] += 1;
    }

    tellPlace(urn: string, place: string): void {
        this.places.push(`${urn.split("::").slice(3).join("::")}: ${place}`);
    }

    /** A text of more than one line stays one message. */
    tell(severity: "info" | "warning" | "error", text: string, urn = ""): void {
        const name = urn.split("::").slice(3).join("::");
        const trimmed = text.trimEnd();
        if (trimmed) this.messages.push(`${severity}: ${name ? `${name}: ` : ""}${trimmed}`);
    }

    result(ok: boolean): Result {
        const errors = this.messages.filter((message) => message.startsWith("error: "));
        return {
            ok,
            ops: { ...this.ops },
            messages: [...this.messages],
            output: this.messages.join("\n"),
            places: [...this.places],
            failure: ok ? undefined : errors.join("\n") || "failed without an error message",
        };
    }
}
