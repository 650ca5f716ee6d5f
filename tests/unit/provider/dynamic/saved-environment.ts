/** Takes variables out of the environment before each test, and puts back afterwards what was there. */
export function useEnvironmentWithout(isTaken: (name: string) => boolean): void {
  const saved = { ...process.env };
  const clear = (): void => {
    for (const name of Object.keys(process.env).filter(isTaken)) Reflect.deleteProperty(process.env, name);
  };
  beforeEach(clear);
  afterEach(() => {
    clear();
    Object.assign(process.env, saved);
  });
}

/** The package's own settings and those of proxies. */
export const isSetting = (name: string): boolean => /^CRASHTEST_|^(https?|no|all)_proxy$/i.test(name);
