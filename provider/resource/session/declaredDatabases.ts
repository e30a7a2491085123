import type { Ledger } from "./ledger";

/** A resource of the program of this run. */
export interface Declarer {
    owner: string;
    /** The logical name. */
    name: string;
}

/**
 * Databases that the program of this run declares, and the resources that are in them. A resource that takes the output of a
 * database is checked after it: Pulumi does not know the order of one that is checked before.
 */
export class DeclaredDatabases {
    constructor(private readonly ledger: Ledger) {}

    /**
     * Told of each check of a database; returns the resources in it that were checked before.
     *
     * @param key the server and the name of the database
     */
    declare(key: string, declarer: Declarer): Declarer[] {
        // A later check of the same database comes after resources that wait for it.
        const isFirst = this.of(key)?.owner !== declarer.owner;
        this.ledger.set(`database:${key}`, JSON.stringify(declarer));
        if (!isFirst) return [];
        return this.ledger.list(`inDatabase:${key} `).map((text) => JSON.parse(text) as Declarer);
    }

    /** Told of each check of a resource in a database. */
    use(key: string, user: Declarer): void {
        this.ledger.set(`inDatabase:${key} ${user.owner}`, JSON.stringify(user));
    }

    of(key: string): Declarer | undefined {
        const text = this.ledger.get(`database:${key}`);
        return text === undefined ? undefined : (JSON.parse(text) as Declarer);
    }
}
