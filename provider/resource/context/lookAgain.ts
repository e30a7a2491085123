import { isMilvusError } from "../../milvus/transport/errors";

/**
 * Drops something that may go beside the call: with its database, with its role, or by somebody else. A second look finds it
 * gone, or the error again.
 */
export async function lookAgain(drop: () => Promise<void>): Promise<void> {
    try {
        await drop();
    } catch (error) {
        if (!isMilvusError(error, "not-found")) throw error;
        await drop();
    }
}
