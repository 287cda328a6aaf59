import type { Registry } from "prom-client";
import { counter, type ReadNumber, readGauge } from "./series.ts";

/** Why a new session was refused; "unreachable": the store could not be asked. */
export type AdmissionRefusal = "journal_lag" | "memory" | "unreachable";

/** "cut_off": this process did not reach the store for so long that others may have gone on; "emptied": it lost its data. */
export type Absence = "cut_off" | "emptied";

export type LiveRecorder = ReturnType<typeof liveMetrics>;

/** What goes on between the store and the viewers. */
export function liveMetrics(registry: Registry) {
  const pushes = counter(
    registry,
    "quiz_pushes_total",
    "Changes of a session that were told to its viewers here.",
  );
  const eventGaps = counter(
    registry,
    "quiz_event_gaps_total",
    "Announcements that were missed, noticed by their versions, and healed from the store.",
  );
  const absences = counter(
    registry,
    "quiz_store_absences_total",
    "Times that this process was cut off from the store, or found it emptied.",
    ["kind"],
  );
  for (const kind of ["cut_off", "emptied"]) absences.inc({ kind }, 0);
  const restored = counter(registry, "quiz_sessions_restored_total", "Sessions put back from PostgreSQL.");
  const refused = counter(registry, "quiz_admissions_refused_total", "New sessions that were refused.", [
    "reason",
  ]);
  for (const reason of ["journal_lag", "memory", "unreachable"]) refused.inc({ reason }, 0);
  return {
    pushed: () => pushes.inc(),
    eventGap: () => eventGaps.inc(),
    storeAbsent: (kind: Absence) => absences.inc({ kind }),
    sessionsRestored: (count: number) => restored.inc(count),
    admissionRefused: (reason: AdmissionRefusal) => refused.inc({ reason }),
    /** Sessions that somebody follows through this process. */
    watched: (read: ReadNumber) =>
      readGauge(registry, "quiz_sessions_watched", "Sessions that are followed through this process.", read),
    /** The same number on every server that shares the store. */
    kept: (read: ReadNumber) =>
      readGauge(
        registry,
        "quiz_sessions_kept",
        "Sessions in the live store, finished ones at hand included.",
        read,
      ),
  };
}
