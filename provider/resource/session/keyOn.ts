import type { Endpoint } from "../../migration/read/endpoint";

/** Where a collection or an alias is. */
export type Place = Pick<Endpoint, "client" | "ref">;

/** A name on its server as a key, however a program writes its database. */
export function keyOn({ client, ref }: Place): string {
    return `${client.target} ${ref.database ?? client.database} ${ref.name}`;
}
