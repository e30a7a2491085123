export { privilegeGroupKind } from "./kind";
