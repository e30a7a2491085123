import type { Endpoint } from "../../migration/read/endpoint";

/** A name on its server as a key, however a program writes its database. */
export function keyOn({ client, ref }: Endpoint): string {
    return `${client.target} ${ref.database ?? client.database} ${ref.name}`;
}
