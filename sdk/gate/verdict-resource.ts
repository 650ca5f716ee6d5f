import * as pulumi from "@pulumi/pulumi";
import type { BaselineRecord } from "../../findings/gate/baseline-record";
import type { Verdict } from "../../findings/gate/verdict";
import type { ServiceIdentity } from "../../provider/service-identity";
import { providerText, TYPE_MODULE } from "../../provider/engine/provider-text";

/** What a gate hands over: a verdict, or the question that is answered by what the state knows. */
export interface HandedVerdict {
  verdict: Verdict | undefined;
  /** As JSON. */
  question: string | undefined;
  advisory: boolean;
  /** The service that the scan's ID was given out by; undefined where nobody noted it. */
  service: ServiceIdentity | undefined;
}

/** The resource that a gate hands its verdict to the engine with; its lifecycle refuses one that holds back. */
export class VerdictResource extends pulumi.CustomResource {
  /** What was decided; of a resource that this run leaves out, what was decided last. */
  declare readonly verdict: pulumi.Output<Verdict>;
  /** What the state knows of older findings. */
  declare readonly baseline: pulumi.Output<BaselineRecord | undefined>;

  /**
   * @param keepsBaseline true for a gate that counts new findings only, else undefined: what is not there is no change in older
   * states. Known also where a preview knows no verdict
   */
  constructor(
    name: string,
    handed: pulumi.Output<HandedVerdict>,
    keepsBaseline: pulumi.Output<true | undefined>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const inputs = {
      verdict: handed.apply(({ verdict }) => verdict),
      question: handed.apply(({ question }) => question),
      keepsBaseline,
      advisory: handed.apply(({ advisory }) => advisory),
      service: handed.apply(({ service }) => service),
      baseline: undefined,
    };
    super(`${TYPE_MODULE}:Verdict`, name, { __provider: providerText("verdict"), ...inputs }, opts);
  }
}
