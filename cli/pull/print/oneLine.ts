import { escaped } from "../../../provider/plan/render/literal";

/** Text that quotes a server, in one line: nothing in it breaks a line, moves a cursor or changes the direction of letters. */
export const oneLine = (text: string): string => escaped(text.replace(/[\u0000-\u001f]+/g, " "));
