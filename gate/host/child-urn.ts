/** Returns the logical name of a gate's child. */
export const childName = (gateName: string): string => `${gateName}-verdict`;

/**
 * Returns the URN of a gate's child. With the former URN of a gate it is an alias of the child: the engine gives a child the
 * aliases of its parent only in the run that renames the parent. If the gate closes in that run, the child keeps its former name,
 * and would be another one in the next run, without a baseline.
 */
export function childUrn(gateUrn: string, childType: string): string {
  const [stack = "", project = "", types = "", ...name] = gateUrn.split("::");
  return `${stack}::${project}::${types}$${childType}::${childName(name.join("::"))}`;
}
