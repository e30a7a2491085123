import { currentTier } from "../../support/tier";
import { type NativeSite, openNative } from "./nativeSite";

type Define = (title: string, test: (native: NativeSite) => Promise<void>) => void;

interface Tests {
    /** A test of the fast tier, too. */
    fast: Define;
    /** A test of the full tier alone. */
    full: Define;
}

/** A suite of the native provider on the test engine and a fake Milvus, with a stack for each test. */
export function onNative(title: string, suite: (tests: Tests) => void): void {
    const tier = currentTier();
    describe(title, () => {
        describe("on test engine", function () {
            this.timeout(5 * 60_000);
            let native: NativeSite | undefined;
            beforeEach(async () => void (native = await openNative()));
            afterEach(() => native?.close());
            const define: Define = (title, test) => void it(title, () => test(native!));
            const leave: Define = () => undefined;
            suite({ fast: tier === "rest" ? leave : define, full: tier === "fast" ? leave : define });
        });
    });
}
