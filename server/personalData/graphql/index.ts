import "./eraseAccount.ts";
import "./eraseAttempt.ts";
import "./exportMyData.ts";
