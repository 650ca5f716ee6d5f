import type * as pulumi from "@pulumi/pulumi";

/** A hook that no engine knows of; the test calls it. */
export class FakeHook {
  constructor(
    readonly name: string,
    readonly callback: () => void,
    readonly options: { onDryRun?: boolean },
  ) {}
}

/** For `jest.mock`: the SDK of Pulumi, whose own mocks have no hooks. */
export const pulumiWithFakeHooks = (): object => ({
  ...jest.requireActual<typeof pulumi>("@pulumi/pulumi"),
  __esModule: true,
  ResourceHook: FakeHook,
});
