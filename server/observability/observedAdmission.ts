import { UnavailableError } from "../core/refusals.ts";
import type { Admission } from "../session/index.ts";
import type { AdmissionRefusal, LiveRecorder } from "./liveMetrics.ts";

/** The same admission, with its refusals counted. */
export function observedAdmission(
  admission: Admission,
  recorder: Pick<LiveRecorder, "admissionRefused">,
): Admission {
  return {
    async admit() {
      try {
        await admission.admit();
      } catch (error) {
        if (error instanceof UnavailableError) recorder.admissionRefused(reasonOf(error));
        throw error;
      }
    },
  };
}

function reasonOf({ cause }: UnavailableError): AdmissionRefusal {
  switch (cause) {
    case "the-history-lags":
      return "journal_lag";
    case "memory-is-short":
      return "memory";
    default:
      return "unreachable";
  }
}
