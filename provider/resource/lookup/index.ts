export { lookups } from "./functions";
export { invoke } from "./invoke";
