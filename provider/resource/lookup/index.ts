export { placesOfRole } from "./access";
export { RolePlace } from "./accessResults";
export { lookups } from "./functions";
export { invoke } from "./invoke";
