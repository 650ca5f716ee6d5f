/** The settings that a machine may hold for real; a test sees none of them. */
const saved: Record<string, string | undefined> = {};

/** For beforeEach: takes all settings of this package out of the environment. */
export function clearEnvironment(): void {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith("CRASHTEST_"))) {
    saved[name] = process.env[name];
    Reflect.deleteProperty(process.env, name);
  }
}

/** For afterEach: puts them back. */
export function restoreEnvironment(): void {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith("CRASHTEST_"))) {
    Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, saved);
}
