import type { Generation, Generations } from "../../../provider/observe/generation";
import { restoredGeneration } from "../../../provider/plan/recovery/previous";

/** What a run has changed on the server, and recorded in the state, by the time it is interrupted. */
export interface State extends Generations {
    /** The last step that took effect. */
    name: string;
    /** Whether Pulumi has recorded the new generation. */
    isRecorded: boolean;
}

export const OWNER = "shop/prod/docs";
export const OLD = "1111111";
export const NEW = "2222222";
/** Retained behind the old one. */
const KEPT = "0000000";
export const PLAN = "the same plan";
export const RESTORED = restoredGeneration(KEPT, OLD);

export interface Way {
    cutover: "alias" | "rename";
    /** Whether the migration retains the old collection. */
    retains: boolean;
    /** Whether it blocks writes for the final pass, because clients write. */
    fences: boolean;
}

type Step = [name: string, change: (server: Server) => void];

/** Every state that an interrupted migration can leave, in the order of its steps. */
export function statesOfMigration(way: Way): State[] {
    const shadow = `docs_${NEW}`;
    const isAlias = way.cutover === "alias";
    const old = isAlias ? `docs_${OLD}` : "docs";
    const retired = `docs_${OLD}`;
    const server = new Server();
    server.add(old, { generation: OLD, from: undefined, state: "live" }, { aliases: ["live"] });
    const fence: Step[] = way.fences ? [["block writes", (it) => (it.get(old).isFenced = true)]] : [];
    const successor = { name: isAlias ? shadow : "docs", database: undefined, retain: way.retains };
    const cutover: Step[] = isAlias
        ? [
              ["mark the copy live", (it) => (it.get(shadow).marker!.state = "live")],
              ["name the successor", (it) => (it.get(old).successor = successor)],
              ["record the new generation", (it) => (it.isRecorded = true)],
              ...fence,
              ["move the alias", (it) => it.moveAliases(old, shadow)],
          ]
        : [
              ["name the successor", (it) => (it.get(old).successor = successor)],
              ...fence,
              ["mark the copy live", (it) => (it.get(shadow).marker!.state = "live")],
              ["rename the old", (it) => it.rename("docs", retired)],
              ["rename the copy", (it) => it.rename(shadow, "docs")],
              ["move the aliases of the name", (it) => it.moveAliases(retired, "docs")],
              ["record the new generation", (it) => (it.isRecorded = true)],
          ];
    const last = isAlias ? old : retired;
    const active = isAlias ? shadow : "docs";
    const end: Step[] = way.retains
        ? [
              ["name the retained", (it) => (it.get(active).previous = { name: last, database: undefined })],
              ["lift the fence", (it) => (it.get(last).isFenced = false)],
              ["mark the old retained", (it) => (it.get(last).marker!.state = "previous")],
          ]
        : [["drop the old", (it) => it.drop(last)]];
    return server.play([
        ["nothing", () => undefined],
        [
            "create the copy",
            (it) =>
                it.add(
                    shadow,
                    { generation: NEW, from: OLD, state: "building" },
                    { ...copying(0), lease: "free" },
                ),
        ],
        ["copy some rows", (it) => Object.assign(it.get(shadow), copying(500))],
        ["copy all rows", (it) => Object.assign(it.get(shadow), copying(1000))],
        ...cutover,
        ...end,
    ]);
}

/** The same for a rollback to the collection that is retained behind the active one. */
export function statesOfRollback(): State[] {
    const [active, retained] = [`docs_${OLD}`, `docs_${KEPT}`];
    const server = new Server();
    server.add(retained, { generation: KEPT, from: undefined, state: "previous" }, {});
    server.add(active, { generation: OLD, from: KEPT, state: "live" }, { aliases: ["live"] });
    server.get(active).previous = { name: retained, database: undefined };
    return server.play([
        ["nothing", () => undefined],
        ["take the lease of the retained", (it) => (it.get(retained).lease = "free")],
        [
            "mark it restored",
            (it) =>
                (it.get(retained).marker = { owner: OWNER, generation: RESTORED, from: OLD, state: "live" }),
        ],
        [
            "name the successor",
            (it) => (it.get(active).successor = { name: retained, database: undefined, retain: false }),
        ],
        ["move the alias", (it) => it.moveAliases(active, retained)],
        ["record the restored generation", (it) => (it.isRecorded = true)],
        ["drop the active", (it) => it.drop(active)],
    ]);
}

const copying = (rows: number) => ({ checkpoint: { plan: PLAN, rows } });

/** The parts of a server that recovery reads. */
class Server {
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
            previous: undefined,
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
