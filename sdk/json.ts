/** A JSON value. An Int64 beyond 2^53 is a string of digits. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
