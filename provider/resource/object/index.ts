export { declaredAsIs } from "./import";
export type { ObjectKind, ObjectSpec, ObjectWork } from "./kind";
export { otherSecret, unreadSecret } from "./inputs";
export { objectLife } from "./life";
export { nameOfId } from "./nameOfId";
