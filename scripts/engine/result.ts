import type { Message, Op, Result } from "./stack";

let latest: Report | undefined;

/** The report of an operation that begins. */
export function beginReport(onMessage?: (message: Message) => void): Report {
    return (latest = new Report(onMessage));
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

    constructor(private readonly onMessage: (message: Message) => void = () => undefined) {}

    count(op: Op): void {
        this.ops[op] += 1;
    }

    tellPlace(urn: string, place: string): void {
        this.places.push(`${nameIn(urn)}: ${place}`);
    }

    /** A text of more than one line stays one message. */
    tell(severity: Message["severity"], text: string, urn = ""): void {
        const name = nameIn(urn);
        const trimmed = text.trimEnd();
        if (!trimmed) return;
        this.onMessage({ severity, name, text: trimmed, isStatus: false });
        this.messages.push(`${severity}: ${name ? `${name}: ` : ""}${trimmed}`);
    }

    /** Progress, which the next one replaces. */
    tellStatus(text: string, urn: string): void {
        this.onMessage({ severity: "info", name: nameIn(urn), text: text.trimEnd(), isStatus: true });
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

function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
