export { ERASED_NICKNAME } from "./erased.ts";
export { type Erased, eraseUser, type HostedSessions } from "./eraseUser.ts";
export { exportPerson, type PersonalData } from "./exportPerson.ts";
export { createPersonalData, type PersonalDataService } from "./personalData.ts";
export { UnfinishedSessionsError } from "./refusals.ts";
