export { create } from "./create";
export { diff } from "./diff";
export { aliasLife } from "./life";
export { remove } from "./remove";
export { update } from "./update";
