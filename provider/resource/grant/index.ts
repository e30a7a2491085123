export { grantKind } from "./kind";
