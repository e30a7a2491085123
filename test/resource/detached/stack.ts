import { listAliases } from "../../../provider/milvus/collection/aliases";
import { listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { collectionLife } from "../../../provider/resource/collection";
import { aliasLife } from "../../../provider/resource/alias";
import type { Props } from "../../../provider/resource/session/props";
import { Session } from "../../../provider/resource/session/session";
import { findOrders } from "../../../provider/resource/work/orders";
import { copyOrder } from "../../../provider/resource/work/copyOrder";
import { switchOrder } from "../../../provider/resource/work/switchOrder";
import { server } from "../../../provider/resource/context/context";
import { contextOf } from "../context/contextOf";

const report = { say: () => undefined, progress: () => undefined };
const hidden = { __owner: "shop/prod/docs", __logicalName: "docs" };

/** A collection and its alias as an engine keeps them: each verb is a run of its own, in a process of its own. */
export class SmallStack {
    /** What the state has of the collection; undefined once it is destroyed. */
    state: Props | undefined;
    /** What the last run has printed. */
    said: string[] = [];

    constructor(
        private readonly client: MilvusClient,
        /** Undefined where the collection has a name of its own. */
        private readonly alias: string | undefined,
    ) {}

    private context() {
        this.said = [];
        return contextOf(this.client.target, this.said, new Session(String(Math.random())));
    }

    /** As `pulumi up`: what it did. */
    async up(args: Props): Promise<"create" | "none" | "update" | "replace"> {
        const context = this.context();
        const life = collectionLife(context);
        const news = { ...args, ...hidden };
        const olds = this.state;
        if (!olds) {
            this.state = (await life.create(news)).outs;
            await this.point(context, this.state.collectionName as string, true);
            return "create";
        }
        const { changes, replaces } = await life.diff(olds, news);
        if (!changes) return "none";
        if (replaces.length === 0) {
            this.state = await life.update(olds, news);
            return "update";
        }
        this.state = (await life.create(news)).outs;
        await this.point(context, this.state.collectionName as string, false);
        await life.delete(olds);
        return "replace";
    }

    /** What `pulumi preview` prints. */
    async preview(args: Props, planFormat: "text" | "json"): Promise<string[]> {
        const context = this.context();
        const policy = () => ({ ...context.policy(), planFormat });
        await collectionLife({ ...context, policy }).diff(this.state!, { ...args, ...hidden });
        return this.said;
    }

    async refresh(): Promise<void> {
        const read = await collectionLife(this.context()).read("", this.state!);
        this.state = read?.props;
    }

    async destroy(): Promise<void> {
        const context = this.context();
        if (this.alias)
            await aliasLife(context).delete(this.propsOfAlias(this.state!.collectionName as string));
        await collectionLife(context).delete(this.state!);
        this.state = undefined;
    }

    /** As `pulumi-milvus work`: how many orders there were. */
    async work(): Promise<number> {
        const context = this.context();
        const orders = await findOrders(context, await server(context, {}));
        for (const ordered of orders)
            if (ordered.order.switchBy === "worker") await switchOrder(context, ordered, report);
            else await copyOrder(context, ordered, report);
        return orders.length;
    }

    collections(): Promise<string[]> {
        return listCollections(this.client, undefined);
    }

    async servedBy(): Promise<string | undefined> {
        for (const name of await this.collections())
            if ((await listAliases(this.client, { database: undefined, name })).length > 0) return name;
        return undefined;
    }

    private propsOfAlias(collection: string): Props {
        const name = this.alias!;
        return { name, collection, __owner: "shop/prod/live", __logicalName: "live" };
    }

    private async point(context: ReturnType<typeof contextOf>, collection: string, isNew: boolean) {
        if (this.alias === undefined) return;
        const props = this.propsOfAlias(collection);
        if (isNew) await aliasLife(context).create(props);
        else await aliasLife(context).update(props, props);
    }
}
