export { partitionKind } from "./kind";
