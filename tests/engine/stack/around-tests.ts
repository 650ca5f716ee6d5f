import { endAllOfTest } from "./ending";

/** One `up` takes about 2 s where nothing else runs; a test makes up to a dozen calls, on machines that are busy. */
jest.setTimeout(480_000);

afterEach(endAllOfTest);
