import { RunError } from "../../migration/errors";
import type { Props } from "../session/props";

/** The arguments of an id that is the name alone; `example` is one of the type's names. Errors: `MV402`. */
export const nameOfId =
    (type: string, example: string) =>
    (id: string): Props => {
        if (!id.includes("/")) return { name: id };
        throw new RunError(
            "MV402",
            `${id} is no id of a ${type}. Write its name: \`pulumi import milvus:index:${type} ${example} ${example}\``,
        );
    };
