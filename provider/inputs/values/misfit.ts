import type { CheckCode } from "../report/codes";
import type { StructFieldDraft } from "../schema/draft";
import type { Path } from "../report/path";

/** Why a value does not fit its field: the path inside the value, the reason, and the code of the rule. */
export interface Misfit {
    code: CheckCode;
    at: Path;
    reason: string;
}

/** The type that a value has to fit. */
export interface ValueType extends StructFieldDraft {
    elementType?: string | undefined;
    maxCapacity?: number | undefined;
    fields?: (StructFieldDraft | undefined)[] | undefined;
}
