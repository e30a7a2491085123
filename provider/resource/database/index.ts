export { databaseKind } from "./kind";
