import type { Props } from "../../../provider/resource/session/props";
import { hidden, type Step } from "./step";

/** Objects that are no collections: what is declared, and what it becomes. */
const objects = {
    Database: [
        { name: "library", properties: { "database.max.collections": "8" } },
        { name: "library", properties: { "database.max.collections": "9" } },
    ],
    User: [
        { name: "alice", password: "Old-Secret-1", roles: ["reader"] },
        { name: "alice", password: "New-Secret-2", roles: ["writer"] },
    ],
    Role: [{ name: "editor" }, { name: "editor", forceDestroy: true }],
    Grant: [
        { role: "reader", privileges: ["Query"], collection: "there" },
        { role: "reader", privileges: ["Search"], collection: "there" },
    ],
    PrivilegeGroup: [
        { name: "reading", privileges: ["Query"] },
        { name: "reading", privileges: ["Search"] },
    ],
    ResourceGroup: [
        { name: "heavy", requests: 1 },
        { name: "heavy", requests: 2 },
    ],
    Partition: [
        { name: "en", collection: "there" },
        { name: "en", collection: "there", forceDestroy: true },
    ],
} satisfies Record<string, [Props, Props]>;

const ofObject = (type: keyof typeof objects): Step[] => {
    const [before, after] = objects[type].map((args) => ({ ...args, ...hidden(type) }));
    return [
        {
            activity: type,
            what: `creates a ${type}`,
            run: async (life, state) => {
                state[type] = (await life(type).create(before!)).outs;
            },
        },
        {
            activity: type,
            what: `changes a ${type}`,
            run: async (life, state) => {
                await life(type).read("id of it", state[type]!);
                await life(type).diff(state[type]!, after!);
                state[type] = await life(type).update(state[type]!, after!);
            },
        },
        { activity: type, what: `drops a ${type}`, run: (life, state) => life(type).delete(state[type]!) },
    ];
};

export const objectSteps: Step[] = (Object.keys(objects) as (keyof typeof objects)[]).flatMap(ofObject);
