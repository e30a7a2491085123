export { create } from "./create";
export { read } from "./read";
export { remove } from "./remove";
export { update } from "./update";
