import type { Generation, Generations } from "../../../provider/observe/generation";

export const OWNER = "shop/prod/docs";

/** What a run has changed on the server, and recorded in the state, by the time it is interrupted. */
export interface State extends Generations {
    /** The last step that took effect. */
    name: string;
    /** Whether Pulumi has recorded the new generation. */
    isRecorded: boolean;
}

/** A step of a run, and what it changes on the server. */
export type Step = [name: string, change: (server: Server) => void];

/** The parts of a server that recovery reads. */
export class Server {
    private found: Generation[] = [];
    isRecorded = false;

    add(
        name: string,
        marker: Omit<NonNullable<Generation["marker"]>, "owner">,
        more: Partial<Generation>,
    ): void {
        this.found.push({
            ref: { database: undefined, name },
            marker: { owner: OWNER, ...marker },
            aliases: [],
            successor: undefined,
            retained: [],
            checkpoint: undefined,
            lease: "none",
            isFenced: false,
            ...more,
        });
    }

    get(name: string): Generation {
        return this.found.find(({ ref }) => ref.name === name)!;
    }

    rename(from: string, to: string): void {
        this.get(from).ref = { database: undefined, name: to };
    }

    moveAliases(from: string, to: string): void {
        this.get(to).aliases = this.get(from).aliases;
        this.get(from).aliases = [];
    }

    drop(name: string): void {
        this.found = this.found.filter(({ ref }) => ref.name !== name);
    }

    /** The state after each step. */
    play(steps: Step[]): State[] {
        return steps.map(([name, change]) => {
            change(this);
            const found = structuredClone(this.found);
            return {
                name,
                isRecorded: this.isRecorded,
                found,
                names: new Set(found.map(({ ref }) => ref.name)),
            };
        });
    }
}
