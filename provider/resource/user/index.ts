export { userKind } from "./kind";
export { rootUser } from "./password";
