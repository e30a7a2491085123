import type { Alias } from "../../inputs/schema/alias";
import type { AliasRef } from "../../milvus/collection/aliases";
import type { Server } from "../context/context";
import { keyOn } from "../session/keyOn";

/** What a parsed alias is on the server. */
export const refOf = ({ database, name }: Alias): AliasRef => ({ database, alias: name });

/** Where it is, as a key of the session. */
export const keyOf = ({ client }: Server, { database, name }: Alias): string =>
    keyOn({ client, ref: { database, name } });
