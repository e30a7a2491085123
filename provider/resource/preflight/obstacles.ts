import { isMilvusError, MilvusError } from "../../milvus/transport/errors";
import { RunError } from "../../migration/errors";
import { hasUnknownConnection } from "./configuration";
import { type Context, server, type Server } from "../context/context";
import type { Props } from "../session/props";

/** What a check found that would fail `up`. */
export interface Obstacle {
    /** `misconfigured` fails each preview; `absent` is a server that may be there at `up`; `refused` is what it would refuse. */
    kind: "misconfigured" | "absent" | "refused";
    message: string;
}

/** The server of a resource that is to be created; undefined where its address is known only at `pulumi up`. */
export async function reach(context: Context, props: Props): Promise<Server | Obstacle | undefined> {
    if (hasUnknownConnection(props)) return undefined;
    const { address } = context.connection(props);
    const isStrict = context.policy().preview === "strict";
    const { unreachable } = context.session;
    // A host that answers nothing takes ten seconds: a stack of many resources asks it once.
    const remembered = isStrict ? undefined : unreachable.get(address);
    if (remembered !== undefined) return { kind: "absent", message: remembered };
    try {
        return await server(context, props);
    } catch (error) {
        const obstacle = obstacleOf(error);
        if (obstacle.kind !== "absent") return { ...obstacle, kind: "misconfigured" };
        unreachable.set(address, obstacle.message);
        return obstacle;
    }
}

/** The obstacles among several questions to the server, each of which throws for one. */
export async function obstaclesOf(questions: (() => unknown)[]): Promise<Obstacle[]> {
    const found: Obstacle[] = [];
    for (const question of questions)
        try {
            await question();
        } catch (error) {
            const obstacle = obstacleOf(error);
            if (!found.some(({ message }) => message === obstacle.message)) found.push(obstacle);
        }
    return found;
}

/** Errors: the given one, where it is no refusal and no answer of a server. */
function obstacleOf(error: unknown): Obstacle {
    if (!(error instanceof RunError || error instanceof MilvusError)) throw error;
    // The stack may be about to create the server, or to start it.
    const isAbsent = isMilvusError(error, "unreachable", "timeout", "stalled", "lost");
    return { kind: isAbsent ? "absent" : "refused", message: error.message };
}

export const isObstacle = (one: Server | Obstacle | undefined): one is Obstacle =>
    one !== undefined && "message" in one;
