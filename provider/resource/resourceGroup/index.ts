export { resourceGroupKind } from "./kind";
