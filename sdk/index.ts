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
} from "./args";
export { Collection } from "./collection";
