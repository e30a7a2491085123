export type { RoleArgs, UserArgs } from "./accessArgs";
export { Alias } from "./alias";
export type {
    AliasArgs,
    CollectionArgs,
    ConnectionArgs,
    DataType,
    ElementType,
    FieldArgs,
    FunctionArgs,
    FunctionType,
    GateArgs,
    IndexArgs,
    IndexType,
    LoadArgs,
    MetricType,
    MigrationArgs,
    StructFieldArgs,
    RetentionArgs,
    RollbackTargetArgs,
    TransformArgs,
} from "./args";
export type { DatabaseArgs, PartitionArgs, ResourceGroupArgs } from "./clusterArgs";
export { Collection } from "./collection";
export type { MigrationState } from "./collection";
export { Database } from "./database";
export { Partition } from "./partition";
export { ResourceGroup } from "./resourceGroup";
export { Grant, PrivilegeGroup } from "./grant";
export type { GrantArgs, PrivilegeGroupArgs } from "./grantArgs";
export { Role } from "./role";
export { User } from "./user";
