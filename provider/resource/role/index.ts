export { roleKind } from "./kind";
