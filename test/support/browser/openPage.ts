import type { Chromium } from "./chromium";

export interface View {
    width: number;
    /** A phone has a dense screen, and its own idea of a page's width. */
    isPhone?: boolean;
    scheme?: "light" | "dark";
    media?: "screen" | "print";
}

/** A page in the browser. */
export interface OpenPage {
    /** Where the value is a promise, what it resolves to. */
    evaluate<Value>(expression: string): Promise<Value>;
    show(view: View): Promise<void>;
    /** The page as PNG: all of it, or as many pixels from its top. */
    picture(height?: number): Promise<Buffer>;
    /** As it is printed, as PDF. */
    print(): Promise<Buffer>;
    /** Addresses that the page has asked for, the page itself among them. */
    requested(): string[];
    /** What the console says: errors of scripts, and what the page's policy has blocked. */
    complaints(): string[];
    close(): Promise<void>;
}

/** Kinds of `console.x()` that a page has no reason for. */
const isBad = ["error", "warning", "assert"];

export async function openPage(browser: Chromium, url: string): Promise<OpenPage> {
    const { targetId } = await browser.call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.call("Target.attachToTarget", { targetId, flatten: true });
    const call = (method: string, params = {}) => browser.call(method, params, sessionId as string);
    for (const domain of ["Page", "Network", "Runtime", "Log"]) await call(`${domain}.enable`);
    browser.events.length = 0;
    await call("Page.navigate", { url });
    await browser.event("Page.loadEventFired");
    const of = (method: string) => browser.events.filter((event) => event.method === method);
    let shown = 0;
    return {
        evaluate: async <Value>(expression: string) => {
            const asked = { expression, returnByValue: true, awaitPromise: true };
            const { result, exceptionDetails } = await call("Runtime.evaluate", asked);
            if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
            return (result as { value: Value }).value;
        },
        show: async ({ width, isPhone = false, scheme = "light", media = "screen" }) => {
            shown = width;
            const screen = { width, height: 800, deviceScaleFactor: isPhone ? 2 : 1, mobile: isPhone };
            await call("Emulation.setDeviceMetricsOverride", screen);
            const features = [{ name: "prefers-color-scheme", value: scheme }];
            await call("Emulation.setEmulatedMedia", { media, features });
        },
        picture: async (height) => {
            const clip = height && { clip: { x: 0, y: 0, width: shown, height, scale: 1 } };
            const whole = { format: "png", captureBeyondViewport: true, ...clip };
            return Buffer.from((await call("Page.captureScreenshot", whole)).data as string, "base64");
        },
        print: async () =>
            Buffer.from((await call("Page.printToPDF", { printBackground: false })).data as string, "base64"),
        requested: () =>
            of("Network.requestWillBeSent").map(({ params }) => (params.request as { url: string }).url),
        complaints: () =>
            [
                ...of("Log.entryAdded"),
                ...of("Runtime.exceptionThrown"),
                ...of("Runtime.consoleAPICalled").filter(({ params }) =>
                    isBad.includes(params.type as string),
                ),
            ].map(({ params }) => JSON.stringify(params)),
        close: async () => {
            await browser.call("Target.closeTarget", { targetId });
        },
    };
}
