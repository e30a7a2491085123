import { aliasLife } from "../../../provider/resource/alias";
import { collectionLife } from "../../../provider/resource/collection";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import type { TelemetrySettings } from "../../../provider/telemetry/settings";
import { contextOf } from "../../resource/context/contextOf";
import { after, before, columnsOf } from "../data/exampleCollection";
import { insertRows, int64Keys } from "../data/rows";

/**
 * A run that changes a collection behind an alias on the server at `address`, call by call, as the engine makes it: somebody
 * reads its metrics, or gets its spans. The collection stands there before, with `count` rows.
 */
export async function observedRun(
    address: string,
    settings: TelemetrySettings,
    {
        count = 100,
        name = "docs",
        migration = { grace: 0 },
    }: { count?: number; name?: string; migration?: Props } = {},
) {
    const hidden = { __owner: `shop/prod/${name}`, __logicalName: name };
    const alias = (collection: unknown): Props => ({
        name: `${name}_live`,
        collection,
        __owner: `shop/prod/${name}_live`,
        __logicalName: `${name}_live`,
    });
    const first = contextOf(address);
    const { outs: deployed } = await collectionLife(first).create({ ...before, ...hidden });
    const collection = deployed.collectionName as string;
    await aliasLife(first).create(alias(collection));
    const client = await first.session.clients.connect(first.connection({}));
    const insert = (rows: number, from = 0) =>
        insertRows({
            client,
            collection,
            fields: columnsOf(before),
            count: rows,
            keys: int64Keys(from + rows).slice(from),
        });
    await insert(count);

    const said: string[] = [];
    const session = new Session("an observed run");
    const context = { ...contextOf(address, said, session), telemetry: () => settings };
    const life = collectionLife(context);
    const next = { ...after, ...hidden, migration };
    let now: Props = {};
    return {
        said,
        insert,
        old: collection,
        /** The name of the new collection, once it is copied. */
        copied: () => now.collectionName as string,
        /** The metrics as Prometheus reads them. */
        url: () => said.find((line) => line.startsWith("metrics: "))?.slice("metrics: ".length) ?? "",
        copy: async () => {
            await life.diff(deployed, next);
            now = (await life.create(next)).outs;
        },
        moveAlias: () => aliasLife(context).update(alias(collection), alias(now.collectionName)),
        drop: () => life.delete(deployed),
        close: async () => {
            await session.close();
            await first.session.close();
        },
    };
}

export type ObservedRun = Awaited<ReturnType<typeof observedRun>>;
