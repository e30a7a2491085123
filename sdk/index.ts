export { Alias } from "./alias";
export type {
    AliasArgs,
    CollectionArgs,
    ConnectionArgs,
    FieldArgs,
    FunctionArgs,
    IndexArgs,
    LoadArgs,
    MigrationArgs,
    StructFieldArgs,
    TransformArgs,
} from "./args";
export { Collection } from "./collection";
