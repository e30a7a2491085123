import type { Props } from "./props";
import type { Ledger } from "./ledger";

/** Parts of a connection that are written down nowhere in plain text. */
const credentials = ["token", "password"];

/**
 * Inputs and outputs of resources in a ledger, without their credentials. The process that wrote them has these in memory;
 * another one connects with those of the stack's configuration, or of the resource that it is called for.
 */
export class PropsLedger {
    private readonly whole = new Map<string, Props>();

    constructor(private readonly ledger: Ledger) {}

    set(key: string, props: Props): void {
        const text = JSON.stringify(withoutCredentials(props));
        this.ledger.set(key, text);
        this.whole.set(text, props);
    }

    get(key: string): Props | undefined {
        const text = this.ledger.get(key);
        return text === undefined ? undefined : this.read(text);
    }

    list(prefix: string): Props[] {
        return this.ledger.list(prefix).map((text) => this.read(text));
    }

    private read(text: string): Props {
        return this.whole.get(text) ?? (JSON.parse(text) as Props);
    }
}

function withoutCredentials(props: Props): Props {
    const connection = props.connection as Props | undefined;
    if (!connection) return props;
    const kept = Object.entries(connection).filter(([name]) => !credentials.includes(name));
    return { ...props, connection: Object.fromEntries(kept) };
}

/** The same with the credentials of another resource that connects to the same address. */
export function withCredentialsOf(props: Props, other: Props): Props {
    const [own, given] = [props.connection, other.connection] as (Props | undefined)[];
    if (!own || !given || own.address !== given.address) return props;
    const taken = Object.fromEntries(credentials.map((name) => [name, own[name] ?? given[name]]));
    const set = Object.entries({ ...own, ...taken }).filter(([, value]) => value !== undefined);
    return { ...props, connection: Object.fromEntries(set) };
}
