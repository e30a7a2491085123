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
} from "./args";
export { Collection } from "./collection";
