import type { Context } from "../context/context";
import {
    databaseIn,
    missingDatabase,
    noDatabase,
    useDatabase,
    warnOfGrant,
} from "../context/declaredDatabase";
import type { Props } from "../session/props";
import { isObstacle, type Obstacle, obstaclesOf, reach } from "./obstacles";

/** A check of a resource that may be in a database. */
export interface Checked {
    /** Undefined for a resource that is to be created. */
    olds: Props | undefined;
    news: Props;
    /** The resource, for people: `collection docs`. */
    title: string;
    /** True for a grant, which needs no database. */
    isGrant?: boolean;
}

/**
 * What would fail `up`: the database of a new resource, or another one of a deployed one, before all else. One that the
 * program creates in the same run is not there yet, and nothing can be asked of it.
 */
export async function inDatabase(
    context: Context,
    { olds, news, title, isGrant = false }: Checked,
    rest: () => Promise<Obstacle[]>,
): Promise<Obstacle[]> {
    useDatabase(context, news);
    const others = olds === undefined ? rest : () => Promise.resolve([]);
    const isAsked = databaseIn(news) !== undefined && databaseIn(news) !== databaseIn(olds ?? {});
    const at = isAsked ? await reach(context, news) : undefined;
    if (at === undefined || isObstacle(at)) return others();
    let isToCome = false;
    const missing = await obstaclesOf([
        async () => {
            const found = await missingDatabase(context, news);
            isToCome = found?.declarer !== undefined && !isGrant;
            if (!found || found.declarer) return;
            if (!isGrant) throw noDatabase(title, found);
            warnOfGrant(context, title, found);
        },
    ]);
    return isToCome || missing.length > 0 ? missing : others();
}
