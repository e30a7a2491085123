import type { Retention } from "../../../provider/observe/generation";
import { restoredGeneration } from "../../../provider/plan/recovery/previous";
import { OWNER, Server, type State, type Step } from "./server";

export const OLD = "1111111";
export const NEW = "2222222";
/** Retained behind the old one. */
const KEPT = "0000000";
/** Retained behind that one, and its time is over once the migration is done. */
const EXPIRED = "eeeeeee";
/** Of three generations: between the active one and the one that a rollback goes back to. */
const BETWEEN = "aaaaaaa";
export const PLAN = "the same plan";
export const RESTORED = restoredGeneration(KEPT, OLD);

export interface Way {
    cutover: "alias" | "rename";
    /** Whether the migration retains the old collection: alone, or beside those behind it, one of which expires. */
    retains: boolean | "window";
    /** Whether it blocks writes for the final pass, because clients write. */
    fences: boolean;
}

/** Every state that an interrupted migration can leave, in the order of its steps. */
export function statesOfMigration(way: Way): State[] {
    const shadow = `docs_${NEW}`;
    const isAlias = way.cutover === "alias";
    const old = isAlias ? `docs_${OLD}` : "docs";
    const retired = `docs_${OLD}`;
    const server = new Server();
    server.add(old, { generation: OLD, from: undefined, state: "live" }, { aliases: ["live"] });
    const behind = way.retains === "window" ? [KEPT, EXPIRED] : [];
    for (const generation of behind)
        server.add(`docs_${generation}`, { generation, from: undefined, state: "previous" }, {});
    server.get(old).retained = behind.map(listed);
    const fence: Step[] = way.fences ? [["block writes", (it) => (it.get(old).isFenced = true)]] : [];
    const successor = { name: isAlias ? shadow : "docs", database: undefined, retain: retentionOf(way) };
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
              [
                  "list the retained",
                  (it) =>
                      (it.get(active).retained = [
                          { name: last, database: undefined, generation: OLD },
                          ...behind.map(listed),
                      ]),
              ],
              ["lift the fence", (it) => (it.get(last).isFenced = false)],
              [
                  "mark the old retained",
                  (it) => {
                      it.get(last).marker!.state = "previous";
                      it.get(last).retained = [];
                  },
              ],
              ...(behind.length === 0
                  ? []
                  : ([
                        ["drop the expired", (it) => it.drop(`docs_${EXPIRED}`)],
                        [
                            "list what stays",
                            (it) => (it.get(active).retained = it.get(active).retained.slice(0, -1)),
                        ],
                    ] satisfies Step[])),
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

const listed = (generation: string) => ({ name: `docs_${generation}`, database: undefined, generation });

function retentionOf({ retains }: Way): Retention | undefined {
    if (retains === "window") return { seconds: 86_400, most: undefined };
    return retains ? {} : undefined;
}

/**
 * The same for a rollback to a collection that is retained behind the active one: the only one, or the oldest of three in
 * an undo window.
 */
export function statesOfRollback(cutover: Way["cutover"], { across = false } = {}): State[] {
    const isAlias = cutover === "alias";
    const [retired, retained] = [`docs_${OLD}`, `docs_${KEPT}`];
    const active = isAlias ? retired : "docs";
    /** The name that the restored collection ends up with. */
    const serving = isAlias ? retained : "docs";
    const server = new Server();
    const between = across ? [BETWEEN] : [];
    for (const generation of between)
        server.add(`docs_${generation}`, { generation, from: KEPT, state: "previous" }, {});
    server.add(retained, { generation: KEPT, from: undefined, state: "previous" }, {});
    server.add(active, { generation: OLD, from: KEPT, state: "live" }, { aliases: ["live"] });
    server.get(active).retained = [...between, KEPT].map(listed);
    const recorded: Step = ["record the restored generation", (it) => (it.isRecorded = true)];
    const switching: Step[] = isAlias
        ? [["move the alias", (it) => it.moveAliases(active, retained)], recorded]
        : [
              ["rename the active", (it) => it.rename("docs", retired)],
              ["rename the restored", (it) => it.rename(retained, "docs")],
              ["move the aliases of the name", (it) => it.moveAliases(retired, "docs")],
              recorded,
          ];
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
            (it) =>
                (it.get(active).successor = {
                    name: serving,
                    database: undefined,
                    retain: across ? { seconds: 86_400 } : undefined,
                }),
        ],
        ...switching,
        ...(across
            ? ([
                  ["list the retained", (it) => (it.get(serving).retained = [OLD, BETWEEN].map(listed))],
                  [
                      "mark the active retained",
                      (it) => {
                          it.get(retired).marker!.state = "previous";
                          it.get(retired).retained = [];
                      },
                  ],
              ] satisfies Step[])
            : ([["drop the active", (it) => it.drop(retired)]] satisfies Step[])),
    ]);
}

/** The same for a migration that is detached, and that a worker switches: the state learns of it last. */
export function statesOfWorker(cutover: Way["cutover"]): State[] {
    const isAlias = cutover === "alias";
    const [shadow, retired] = [`docs_${NEW}`, `docs_${OLD}`];
    const old = isAlias ? retired : "docs";
    const server = new Server();
    server.add(old, { generation: OLD, from: undefined, state: "live" }, { aliases: ["live"] });
    const successor = { name: isAlias ? shadow : "docs", database: undefined, retain: undefined };
    const switching: Step[] = isAlias
        ? [["move the alias", (it) => it.moveAliases(old, shadow)]]
        : [
              ["rename the old", (it) => it.rename("docs", retired)],
              ["rename the copy", (it) => it.rename(shadow, "docs")],
              ["move the aliases of the name", (it) => it.moveAliases(retired, "docs")],
          ];
    const active = isAlias ? shadow : "docs";
    return server.play([
        [
            "create the copy with a work order",
            (it) =>
                it.add(
                    shadow,
                    { generation: NEW, from: OLD, state: "building" },
                    { ...copying(0), detached: "worker" },
                ),
        ],
        ["a worker is at work", (it) => Object.assign(it.get(shadow), { ...copying(500), lease: "held" })],
        ["the worker vanishes", (it) => (it.get(shadow).lease = "free")],
        ["another worker copies all rows", (it) => Object.assign(it.get(shadow), copying(1000))],
        ["mark the copy live", (it) => (it.get(shadow).marker!.state = "live")],
        ["name the successor", (it) => (it.get(old).successor = successor)],
        ["a worker is about to switch", (it) => (it.get(shadow).lease = "held")],
        ...switching,
        ["the worker vanishes after the switch", (it) => (it.get(active).lease = "free")],
        ["drop the old", (it) => it.drop(retired)],
        [
            "record the new generation",
            (it) => {
                it.get(active).detached = undefined;
                it.isRecorded = true;
            },
        ],
    ]);
}

const copying = (rows: number) => ({ checkpoint: { plan: PLAN, rows } });
