/** Rows on the wire: from the answer to a query into an insert, without a row ever becoming an object. */
export { type WireValue } from "./cell";
export { type Column } from "./column";
export { compareColumns } from "./compare";
export { type MapPage, type WireColumn, type WireSource, columnsRead, compileColumns } from "./compile";
export { WireError } from "./error";
export { type KeyRange, keyFilter, keysFilter, type LineBreaks } from "./filter";
export { type Key, type Keys, compareHalves, compareKeys, compareKeysAt, keyAt, keysOf } from "./keys";
export { countLonger } from "./limits";
export { type Page, columnOf, readPage } from "./page";
export { type Batch, insertRequest, insertRequests } from "./request";
export { type RowHashes, hashRows, sameRow } from "./rowHashes";
export { type RowObject, columnOfValues, rowObjects } from "./rowObjects";
export { RowSums, bucketOf } from "./rowSums";
export { selectRows } from "./select";
export { sliceColumns } from "./slice";
export { viewOf } from "./view";
