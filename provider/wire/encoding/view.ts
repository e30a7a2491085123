/** A DataView of the same bytes. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
    return new DataView(buffer, byteOffset, byteLength);
}
