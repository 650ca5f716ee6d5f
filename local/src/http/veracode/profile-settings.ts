import type { StartScanBody } from "../start-request";

/** How a target's scans log in, and the specification that was uploaded; in the words of a start's body. */
export type ProfileSettings = Omit<StartScanBody, "login_check">;

/** The settings of all targets. They are kept in memory only, since they have passwords: a restart loses them. */
export interface ProfileMemory {
  of(targetId: string): ProfileSettings;
  /** Replaces what the changes mention; undefined removes it. */
  change(targetId: string, changes: { [Name in keyof ProfileSettings]: ProfileSettings[Name] | undefined }): void;
  forget(targetId: string): void;
}

export function createProfileMemory(): ProfileMemory {
  const settings = new Map<string, ProfileSettings>();
  const of = (targetId: string): ProfileSettings => settings.get(targetId) ?? {};
  return {
    of,
    change: (targetId, changes) => {
      const all = Object.entries({ ...of(targetId), ...changes });
      settings.set(targetId, Object.fromEntries(all.filter(([, value]) => value !== undefined)));
    },
    forget: (targetId) => settings.delete(targetId),
  };
}
