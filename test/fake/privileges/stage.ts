import { Connection } from "../../../provider/inputs/schema/connection";
import { lives } from "../../../provider/lives";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { server } from "../../../provider/resource/context/context";
import { Session } from "../../../provider/resource/session/session";
import { neededFor } from "../../docs/securityPage";
import { contextOf } from "../../resource/context/contextOf";
import { type FakeMilvus, startFake } from "../../support/fake";
import type { Asked } from "../../support/fake/access";
import { insert, smallest } from "../open";
import { collectionOf, type Lives, type State, type Step } from "./step";

const nameOf = ({ privilege }: Asked) => privilege.replace("Privilege", "");
const keyOf = (asked: Asked) => `${nameOf(asked)} on ${asked.object}`;

/** A server whose user `deployer` has what a test says. */
export class Stage {
    said: string[] = [];
    readonly state: State = {};
    readonly asked = new Set<string>();
    private denied: string | undefined;
    private needed: Set<string> | undefined;
    private runs = 0;
    private isWriting = false;
    private writes = 0;

    private constructor(
        readonly fake: FakeMilvus,
        readonly root: MilvusClient,
    ) {}

    static async open(version: string): Promise<Stage> {
        const opened: { stage?: Stage } = {};
        const fake = await startFake({
            version,
            pending: 0,
            limits: "all",
            access: { knows: () => true, allows: (one) => opened.stage!.allows(one) },
        });
        const token = "root:Milvus";
        const root = await MilvusClient.connect(Connection.parse({ address: fake.address, token }));
        return (opened.stage = new Stage(fake, root));
    }

    close(): void {
        this.root.close();
        this.fake.stop();
    }

    /** A step as its own run, without one of its privileges. Returns what it failed with. */
    async run({ activity, run }: Step, denied?: string): Promise<Error | undefined> {
        this.said = [];
        this.asked.clear();
        [this.denied, this.needed, this.isWriting] = [undefined, undefined, false];
        const token = "deployer:secret-1";
        const context = {
            ...contextOf(this.fake.address, this.said, new Session(`run ${++this.runs}`)),
            connection: () => Connection.parse({ address: this.fake.address, token }),
        };
        // What the server can do is asked of all: a refusal is an answer, too.
        await server(context, {});
        [this.denied, this.needed, this.isWriting] = [denied, neededFor(activity), activity === "follow"];
        const made = new Map<string, ReturnType<Lives>>();
        const life: Lives = (type) => {
            if (!made.has(type)) made.set(type, lives[type]!(context));
            return made.get(type)!;
        };
        try {
            await run(life, this.state);
            return undefined;
        } catch (error) {
            return error as Error;
        }
    }

    private allows(one: Asked): boolean {
        const { needed } = this;
        if (!needed) return true;
        this.asked.add(keyOf(one));
        if (this.isWriting && nameOf(one) === "Insert") this.write();
        return needed.has(nameOf(one)) && keyOf(one) !== this.denied;
    }

    /** What a client writes to the old collection while its rows are copied. */
    private write(): void {
        this.isWriting = false;
        const id = [String(100 + ++this.writes)];
        void insert(this.root, collectionOf(this.state.docs), { fields: smallest }, { id });
    }
}
