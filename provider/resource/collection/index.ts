export { create } from "./create";
export { diff } from "./diff";
export { collectionLife } from "./life";
export { read } from "./read";
export { remove } from "./remove";
export { update } from "./update";
