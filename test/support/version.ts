import { packageVersion } from "../../provider/packageFolder";

/** The version of the package: a release raises it, and no test with it. */
export const version = packageVersion(__dirname);
