import type { CollectionFunction } from "../../inputs/schema/collection";
import { keyValues, type KeyValue, record } from "../transport/keyValue";
import type { Message } from "../transport/protocol";

export function toFunctionSchema(declared: CollectionFunction): Message {
    return {
        name: declared.name,
        type: declared.type,
        description: declared.description,
        input_field_names: declared.inputFieldNames,
        output_field_names: declared.outputFieldNames,
        params: keyValues(declared.params),
    };
}

export function fromFunctionSchema(message: Message): CollectionFunction {
    return {
        name: message.name as string,
        type: message.type as CollectionFunction["type"],
        description: message.description as string,
        inputFieldNames: message.input_field_names as string[],
        outputFieldNames: message.output_field_names as string[],
        params: record(message.params as KeyValue[]),
    };
}
