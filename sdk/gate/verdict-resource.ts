import * as pulumi from "@pulumi/pulumi";
import type { Verdict } from "../../findings/gate/verdict";
import { providerText, TYPE_MODULE } from "../../provider/engine/provider-text";

/** The resource that a gate hands its verdict to the engine with; its lifecycle refuses one that holds back. */
export class VerdictResource extends pulumi.CustomResource {
  constructor(
    name: string,
    inputs: { verdict: pulumi.Output<Verdict>; advisory: pulumi.Output<boolean> },
    opts: pulumi.CustomResourceOptions,
  ) {
    super(`${TYPE_MODULE}:Verdict`, name, { __provider: providerText("verdict"), ...inputs }, opts);
  }
}
