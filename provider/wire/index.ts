/** Row data in its wire format: from a query's answer to an insert, without converting rows to objects. */
export { encodeCell, type WireValue } from "./cell/cell";
export { type Column } from "./column/column";
export { compareColumns } from "./rows/compare";
export {
    type MapPage,
    type WireColumn,
    type WireSource,
    columnsRead,
    compileColumns,
} from "./convert/compile";
export { WireError } from "./error";
export { type KeyRange, keyFilter, keysFilter, type LineBreaks } from "./rows/filter";
export {
    type Key,
    type Keys,
    compareHalves,
    compareKeys,
    compareKeysAt,
    keyAt,
    keysOf,
    keysOfValues,
} from "./rows/keys";
export { countLonger } from "./convert/limits";
export { type Page, columnOf, readPage } from "./rows/page";
export { type Batch, type Destination, insertRequest, insertRequests } from "./rows/request";
export { type RowHashes, hashRows, sameRow } from "./rows/rowHashes";
export { refusedValue } from "./rows/refusedValue";
export { columnOfValues } from "./convert/computedColumn";
export { type RowObject, rowObjects } from "./rows/rowObjects";
export { RowSums, bucketOf } from "./rows/rowSums";
export { selectRows } from "./column/select";
export { floatsOf, type VectorRows, vectorRows } from "./rows/vectors";
export { sliceColumns } from "./column/slice";
export { viewOf } from "./encoding/view";
