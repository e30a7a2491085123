import type { Alias } from "../../inputs/schema/alias";
import type { AliasRef } from "../../milvus/collection/aliases";
import type { Server } from "../context/context";
import { keyOn } from "../session/keyOn";

/** The alias on the server that the arguments name. */
export const refOf = ({ database, name }: Alias): AliasRef => ({ database, alias: name });

/** The key of the alias in the session. */
export const keyOf = ({ client }: Server, { database, name }: Alias): string =>
    keyOn({ client, ref: { database, name } });
