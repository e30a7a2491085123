export { create } from "./create";
export { diff } from "./diff";
export { aliasLife } from "./life";
export { preflight } from "./preflight";
export { read } from "./read";
export { remove } from "./remove";
export { update } from "./update";
