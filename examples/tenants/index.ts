import * as pulumi from "@pulumi/pulumi";

import { Tenant } from "./tenant";

const config = new pulumi.Config();
const names = config.requireObject<string[]>("tenants");
const leaving = config.getObject<string[]>("leaving") ?? [];
const hasUsers = config.getBoolean("users") ?? true;

const tenants = names.map((name) => {
    const password = hasUsers ? config.requireSecret(`${name}Password`) : undefined;
    return { name, tenant: new Tenant(name, { password, isLeaving: leaving.includes(name) }) };
});

/** What the clients of each tenant read: the database, and the name of the collection in it. */
export const places = Object.fromEntries(
    tenants.map(({ name, tenant: { database, alias } }) => [name, { database, collection: alias }]),
);
