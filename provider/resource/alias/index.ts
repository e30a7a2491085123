export { create } from "./create";
export { preflight } from "./preflight";
export { read } from "./read";
export { remove } from "./remove";
export { update } from "./update";
